import type { PodSpec } from '../kinds/pod-spec.js'
import {
  capabilities,
  containers,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  type Restriction,
  restrictedVolumes,
  seccomp,
} from './pod-restriction.js'

type Level = 'privileged' | 'baseline' | 'restricted'

const label = 'pod-security.kubernetes.io/enforce'

export const levelOf = (labels: Readonly<Record<string, string>> | undefined): Level => {
  const level = labels?.[label]
  return level === 'restricted' || level === 'baseline' ? level : 'privileged'
}

/** What is asked of pods from some levels on. */
interface Rule {
  readonly levels: ReadonlyArray<Level>
  readonly broken: Restriction
}

const both: Rule['levels'] = ['baseline', 'restricted']
const strict: Rule['levels'] = ['restricted']

/** In the order in which Kubernetes tells them. */
const rules: ReadonlyArray<Rule> = [
  { levels: both, broken: hostNamespaces },
  { levels: ['baseline'], broken: hostPathVolumes },
  { levels: both, broken: hostPorts },
  {
    levels: both,
    broken: containers(
      'privileged',
      'must not set securityContext.privileged=true',
      ({ securityContext }) => securityContext?.privileged === true,
    ),
  },
  {
    levels: strict,
    broken: containers(
      'allowPrivilegeEscalation != false',
      'must set securityContext.allowPrivilegeEscalation=false',
      ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
    ),
  },
  { levels: strict, broken: capabilities },
  { levels: strict, broken: restrictedVolumes },
  {
    levels: strict,
    broken: containers(
      'runAsNonRoot != true',
      'must set securityContext.runAsNonRoot=true',
      ({ securityContext }, pod) =>
        (securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) !== true,
      'pod or container',
    ),
  },
  {
    levels: strict,
    broken: containers(
      'runAsUser=0',
      'must not set runAsUser=0',
      ({ securityContext }) => securityContext?.runAsUser === 0,
    ),
  },
  {
    levels: strict,
    broken: ({ securityContext }) =>
      securityContext?.runAsUser === 0 ? ['runAsUser=0 (pod must not set runAsUser=0)'] : [],
  },
  { levels: strict, broken: seccomp },
]

/** What of the pod the Pod Security level does not allow, in the words of Kubernetes. */
export const violations = (level: Level, spec: PodSpec): ReadonlyArray<string> =>
  rules.filter(({ levels }) => levels.includes(level)).flatMap(({ broken }) => broken(spec))
