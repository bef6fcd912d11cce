import type { Container, PodSpec } from '../kinds/pod-spec.js'

/** What of the pod breaks one rule of Pod Security, in the words of Kubernetes. */
export type Restriction = (spec: PodSpec) => ReadonlyArray<string>

const quoted = (noun: string, names: ReadonlyArray<string>): string =>
  `${noun}${names.length === 1 ? '' : 's'} ${names.map((name) => `"${name}"`).join(', ')}`

const allContainers = ({ initContainers = [], containers }: PodSpec): ReadonlyArray<Container> => [
  ...initContainers,
  ...containers,
]

/** `what (container "c" must …)`, for the containers that `breaks` holds of. */
export const containers =
  (what: string, must: string, breaks: (container: Container, spec: PodSpec) => boolean, who = 'container') =>
  (spec: PodSpec): ReadonlyArray<string> => {
    const bad = allContainers(spec).filter((container) => breaks(container, spec))
    if (bad.length === 0) return []
    return [
      `${what} (${quoted(
        who,
        bad.map(({ name }) => name),
      )} ${must})`,
    ]
  }

const hostPaths = ({ volumes = [] }: PodSpec): ReadonlyArray<string> =>
  volumes.flatMap(({ name, hostPath }) => (hostPath === undefined ? [] : [name]))

export const hostNamespaces: Restriction = (spec) => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field] === true)
  return shared.length === 0 ? [] : [`host namespaces (${shared.map((field) => `${field}=true`).join(', ')})`]
}

export const hostPathVolumes: Restriction = (spec) => {
  const names = hostPaths(spec)
  return names.length === 0 ? [] : [`hostPath volumes (${quoted('volume', names)})`]
}

export const hostPorts: Restriction = (spec) => {
  const using = allContainers(spec).flatMap(({ name, ports = [] }) =>
    ports.flatMap(({ hostPort = 0 }) => (hostPort === 0 ? [] : [{ name, hostPort }])),
  )
  if (using.length === 0) return []
  const names = [...new Set(using.map(({ name }) => name))]
  const ports = using.map(({ hostPort }) => hostPort).join(', ')
  return [
    `hostPort (${quoted('container', names)} ${names.length === 1 ? 'uses' : 'use'} hostPort${using.length === 1 ? '' : 's'} ${ports})`,
  ]
}

export const capabilities: Restriction = (spec) => {
  const capabilitiesOf = (container: Container) => container.securityContext?.capabilities ?? {}
  const added = (container: Container): ReadonlyArray<string> =>
    (capabilitiesOf(container).add ?? []).filter((name) => name !== 'NET_BIND_SERVICE')
  const keeping = allContainers(spec).filter((one) => capabilitiesOf(one).drop?.includes('ALL') !== true)
  const adding = allContainers(spec).filter((one) => added(one).length > 0)
  const names = (bad: ReadonlyArray<Container>): string =>
    quoted(
      'container',
      bad.map(({ name }) => name),
    )
  const extra = [...new Set(adding.flatMap(added))].sort().map((name) => `"${name}"`)
  const parts = [
    ...(keeping.length === 0 ? [] : [`${names(keeping)} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(adding.length === 0
      ? []
      : [`${names(adding)} must not include ${extra.join(', ')} in securityContext.capabilities.add`]),
  ]
  return parts.length === 0 ? [] : [`unrestricted capabilities (${parts.join('; ')})`]
}

export const seccomp: Restriction = (spec) => {
  const typeOf = ({ securityContext }: Container): string | undefined => securityContext?.seccompProfile?.type
  const bad = allContainers(spec).filter((one) => typeOf(one) === 'Unconfined')
  if (bad.length > 0) {
    const names = quoted(
      'container',
      bad.map(({ name }) => name),
    )
    return [`seccompProfile (${names} must not set securityContext.seccompProfile.type to "Unconfined")`]
  }
  return containers(
    'seccompProfile',
    'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
    (container, pod) => (typeOf(container) ?? pod.securityContext?.seccompProfile?.type) === undefined,
    'pod or container',
  )(spec)
}

export const restrictedVolumes: Restriction = (spec) => {
  const names = hostPaths(spec)
  if (names.length === 0) return []
  const use = names.length === 1 ? 'uses' : 'use'
  return [`restricted volume types (${quoted('volume', names)} ${use} restricted volume type "hostPath")`]
}
