import type { Labels } from '../../selector/ast.js'
import type { Workload } from './flow.js'

const namespacePrefix = 'pcns.'
const accountPrefix = 'pcsa.'
const namespaceLabel: string = 'projectcalico.org/namespace'
const accountLabel = 'projectcalico.org/serviceaccount'

/** What labels are known, and which others there may be. */
export interface OpenLabels {
  readonly labels: Labels
  readonly open?: OpenKeys
}

/** Keys that may be there, as nobody has said: those of the namespace, of the service account, or all. */
export interface OpenKeys {
  readonly name: string
  readonly isOpen: (key: string) => boolean
  /** What to give, so that they are known. */
  readonly missing: ReadonlyArray<string>
}

/** Keys under a prefix, each put together once: a world has few, and many pods. */
const underPrefix = (prefix: string): ((key: string) => string) => {
  const known = new Map<string, string>()
  return (key) => {
    const there = known.get(key)
    if (there !== undefined) return there
    if (known.size >= mostKeys) known.clear()
    const made = `${prefix}${key}`
    known.set(key, made)
    return made
  }
}
const mostKeys = 10_000

const [ofNamespaces, ofAccounts] = [underPrefix(namespacePrefix), underPrefix(accountPrefix)]

const renamed = (labels: Labels | undefined, rename: (key: string) => string): Labels => {
  const all: Record<string, string> = {}
  if (labels !== undefined) for (const key of Object.keys(labels)) all[rename(key)] = labels[key] as string
  return all
}

// Each of these begins with a key of its own: V8 takes twenty times as long where an object begins as a copy of another.

/** The labels that what is in a namespace has of it; of a namespace that is not described, its name alone. */
const fromNamespace = (namespace: string, labels: Labels | undefined): Labels => ({
  'pcns.kubernetes.io/metadata.name': namespace,
  ...renamed(labels, ofNamespaces),
  'pcns.projectcalico.org/name': namespace,
})

const fromAccount = (account: string, labels: Labels | undefined): Labels => ({
  'pcsa.projectcalico.org/name': account,
  ...renamed(labels, ofAccounts),
  [ofAccounts('projectcalico.org/name')]: account,
})

const isOwn = (key: string): boolean => !key.startsWith(namespacePrefix) && !key.startsWith(accountPrefix)

/** A pod cannot pretend to be in another namespace: labels of its own under Calico's prefixes never reach Felix. */
const ownLabels = (labels: Labels): Labels =>
  Object.keys(labels).every(isOwn)
    ? labels
    : Object.fromEntries(Object.entries(labels).filter(([key]) => isOwn(key)))

/** A pod in a world, filled in; `accountIsGone` where its service account is not among all there are. */
export interface FilledWorkload extends Workload {
  readonly accountIsGone?: boolean
}

/**
 * The labels that Felix evaluates selectors on: the pod's own, those of its namespace and service account under
 * prefixes, and Calico's own three.
 *
 * **Source**: `libcalico-go/lib/backend/k8s/conversion/workload_endpoint_default.go`,
 * `libcalico-go/lib/backend/syncersv1/updateprocessors/workloadendpointprocessor.go`.
 *
 * @example
 * effectiveLabels({ _tag: 'Workload', namespace: 'shop', labels: { app: 'web' } })['projectcalico.org/namespace'] // => 'shop'
 */
export const effectiveLabels = (workload: FilledWorkload): Labels => {
  const { namespace, labels = {}, serviceAccount } = workload
  return {
    'projectcalico.org/namespace': namespace,
    ...ownLabels(labels),
    ...fromNamespace(namespace, workload.namespaceLabels),
    ...(serviceAccount && !workload.accountIsGone
      ? fromAccount(serviceAccount, workload.serviceAccountLabels)
      : undefined),
    [namespaceLabel]: namespace,
    'projectcalico.org/orchestrator': 'k8s',
    ...(serviceAccount ? { [accountLabel]: serviceAccount } : undefined),
  }
}

const ofNamespace = (key: string): boolean => key.startsWith(namespacePrefix)
const ofAccount = (key: string): boolean => key.startsWith(accountPrefix)

const open = (keys: ReadonlyArray<OpenKeys | undefined>): { readonly open?: OpenKeys } => {
  const known = keys.filter((it) => it !== undefined)
  if (known.length === 0) return {}
  return {
    open: {
      name: known.map(({ name }) => name).join(' '),
      isOpen: (key) => known.some(({ isOpen }) => isOpen(key)),
      missing: known.flatMap(({ missing }) => missing),
    },
  }
}

const openNamespace = (namespace: string): OpenKeys => ({
  name: 'namespace',
  isOpen: ofNamespace,
  missing: [`the labels of the namespace ${namespace}`],
})

const openAccount = (pod: Workload): OpenKeys => ({
  name: pod.serviceAccount === undefined ? 'account' : 'account labels',
  isOpen: (key) => ofAccount(key) || (pod.serviceAccount === undefined && key === accountLabel),
  missing: [
    pod.serviceAccount === undefined
      ? `the service account of ${pod.name ?? `a pod in ${pod.namespace}`}`
      : `the labels of the service account ${pod.namespace}/${pod.serviceAccount}`,
  ],
})

/** Whether all labels of the pod's service account are known. */
const isAccountKnown = ({ serviceAccount, serviceAccountLabels, accountIsGone }: FilledWorkload): boolean =>
  serviceAccount === '' ||
  accountIsGone === true ||
  (serviceAccount !== undefined && serviceAccountLabels !== undefined)

export const labelsOfWorkload = (pod: FilledWorkload): OpenLabels => ({
  labels: effectiveLabels(pod),
  ...open([
    pod.namespaceLabels === undefined ? openNamespace(pod.namespace) : undefined,
    isAccountKnown(pod) ? undefined : openAccount(pod),
  ]),
})

/** A set has its namespace's labels; its own go before them. **Source**: `networksetprocessor.go`, of the same folder. */
export const labelsOfSet = (
  labels: Labels,
  namespace: string | undefined,
  ofTheNamespace: Labels | undefined,
): OpenLabels => {
  if (namespace === undefined) return { labels }
  return {
    labels: { ...fromNamespace(namespace, ofTheNamespace), ...labels, [namespaceLabel]: namespace },
    ...open([ofTheNamespace === undefined ? openNamespace(namespace) : undefined]),
  }
}

/** A host endpoint has the labels that its profiles give; a profile that is not there may give any. */
export const labelsOfHost = (labels: Labels, profiles: ReadonlyArray<Labels | string>): OpenLabels => {
  const unknown = profiles.filter((it) => typeof it === 'string')
  const inherited = profiles.filter((it) => typeof it !== 'string')
  return {
    labels: { ...Object.assign({}, ...inherited), ...labels },
    ...open(
      unknown.map((name) => ({ name: 'profile', isOpen: () => true, missing: [`the profile ${name}`] })),
    ),
  }
}
