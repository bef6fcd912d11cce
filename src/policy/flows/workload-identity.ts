import type { Labels } from '../../selector/ast.js'

/** Labels by which people tell workloads apart, the usual ones first. */
const usual = [
  'app.kubernetes.io/name',
  'k8s-app',
  'app',
  'name',
  'run',
  'service',
  'component',
  'role',
  'job-name',
]

/** Labels that tell the parts of an application apart. */
const ofParts = ['app.kubernetes.io/component', 'component', 'tier', 'role']

/** Labels that come and go with a pod, or that Calico adds. */
const isPassing = (key: string): boolean =>
  /^(pod-template-|controller-|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/|batch\.kubernetes\.io\/|pcns\.|pcsa\.)/.test(
    key,
  ) || key.includes('projectcalico.org/')

const isReadable = ([key, value]: readonly [string, string]): boolean =>
  !isPassing(key) && /^[\w./-]+$/.test(key) && /^[\w.-]*$/.test(value)

/** The fewest labels that people would name a workload by: all that last, where it has none of the usual ones. */
export const identityOf = (labels: Labels): Labels | undefined => {
  const all = Object.entries(labels).filter(isReadable)
  if (all.length === 0) return undefined
  const first = usual.find((key) => all.some(([it]) => it === key))
  const those = first === undefined ? all : all.filter(([key]) => key === first || ofParts.includes(key))
  return Object.fromEntries(those.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What an identity selects by. */
export const selectorOfIdentity = (identity: Labels): string =>
  Object.entries(identity)
    .map(([key, value]) => `${key} == '${value}'`)
    .join(' && ')

/** A name for the policy of a workload, as Kubernetes takes it. */
export const nameOfIdentity = (identity: Labels): string =>
  Object.values(identity)
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 200) || 'workload'
