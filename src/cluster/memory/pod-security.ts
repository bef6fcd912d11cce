import type { Container, PodSpec } from './pod-spec.js'

type Level = 'privileged' | 'baseline' | 'restricted'

const label = 'pod-security.kubernetes.io/enforce'

export const levelOf = (labels: Readonly<Record<string, string>> | undefined): Level => {
  const level = labels?.[label]
  return level === 'restricted' || level === 'baseline' ? level : 'privileged'
}

const named = (containers: ReadonlyArray<Container>): string =>
  containers.length === 1
    ? `container "${containers[0]?.name}"`
    : `containers ${containers.map(({ name }) => `"${name}"`).join(', ')}`

const allContainers = ({ initContainers = [], containers }: PodSpec): ReadonlyArray<Container> => [
  ...initContainers,
  ...containers,
]

const rule = (
  spec: PodSpec,
  what: string,
  must: string,
  broken: (container: Container) => boolean,
): ReadonlyArray<string> => {
  const bad = allContainers(spec).filter(broken)
  return bad.length === 0 ? [] : [`${what} (${named(bad)} ${must})`]
}

const fact = (broken: boolean | undefined, text: string): ReadonlyArray<string> =>
  broken === true ? [text] : []

const baseline = (spec: PodSpec): ReadonlyArray<string> => [
  ...fact(spec.hostNetwork || spec.hostPID || spec.hostIPC, `host namespaces (${hostNamespaces(spec)})`),
  ...fact(
    spec.volumes?.some((volume) => volume.hostPath !== undefined),
    `hostPath volumes (${plural(
      'volume',
      (spec.volumes ?? []).flatMap((v) => (v.hostPath === undefined ? [] : [v.name])),
    )})`,
  ),
  ...rule(
    spec,
    'privileged',
    'must not set securityContext.privileged=true',
    (c) => c.securityContext?.privileged === true,
  ),
  ...rule(
    spec,
    'hostPort',
    'uses a hostPort',
    (c) => c.ports?.some(({ hostPort = 0 }) => hostPort !== 0) === true,
  ),
]

const plural = (noun: string, names: ReadonlyArray<string>): string =>
  `${noun}${names.length === 1 ? '' : 's'} ${names.map((name) => `"${name}"`).join(', ')}`

const hostNamespaces = (spec: PodSpec): string =>
  [spec.hostNetwork && 'hostNetwork=true', spec.hostPID && 'hostPID=true', spec.hostIPC && 'hostIPC=true']
    .filter(Boolean)
    .join(', ')

const seccomp = (type: string | undefined): boolean => type === 'RuntimeDefault' || type === 'Localhost'

const restricted = (spec: PodSpec): ReadonlyArray<string> => {
  const pod = spec.securityContext
  return [
    ...rule(
      spec,
      'allowPrivilegeEscalation != false',
      'must set securityContext.allowPrivilegeEscalation=false',
      (c) => c.securityContext?.allowPrivilegeEscalation !== false,
    ),
    ...rule(spec, 'unrestricted capabilities', 'must set securityContext.capabilities.drop=["ALL"]', (c) => {
      const { add = [], drop = [] } = c.securityContext?.capabilities ?? {}
      return !drop.includes('ALL') || add.some((name) => name !== 'NET_BIND_SERVICE')
    }),
    ...restrictedIdentity(spec),
    ...rule(
      spec,
      'seccompProfile',
      'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
      (c) => !seccomp(c.securityContext?.seccompProfile?.type ?? pod?.seccompProfile?.type),
    ).map((text) => text.replace('(', '(pod or ')),
  ]
}

const restrictedIdentity = (spec: PodSpec): ReadonlyArray<string> => {
  const pod = spec.securityContext
  return [
    ...rule(
      spec,
      'runAsNonRoot != true',
      'must set securityContext.runAsNonRoot=true',
      (c) => (c.securityContext?.runAsNonRoot ?? pod?.runAsNonRoot) !== true,
    ).map((text) => text.replace('(', '(pod or ')),
    ...fact(pod?.runAsUser === 0, 'runAsUser=0 (pod must not set runAsUser=0)'),
    ...rule(spec, 'runAsUser=0', 'must not set runAsUser=0', (c) => c.securityContext?.runAsUser === 0),
  ]
}

/** What of the pod the Pod Security level does not allow, in the words of Kubernetes. */
export const violations = (level: Level, spec: PodSpec): ReadonlyArray<string> => {
  if (level === 'privileged') return []
  return level === 'baseline' ? baseline(spec) : [...baseline(spec), ...restricted(spec)]
}
