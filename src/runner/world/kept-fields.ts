import type { KubeObject } from '../../cluster/port.js'
import { isPlain, type Plain } from '../../model/codec/json.js'

/** The fields of these names, as far as they are there. */
const only = (value: unknown, names: ReadonlyArray<string>): Plain =>
  isPlain(value)
    ? Object.fromEntries(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])))
    : {}

const listOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** A field, where it has anything in it. */
const field = (name: string, value: unknown): Plain =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlain(value) && Object.keys(value).length === 0)
    ? {}
    : { [name]: value }

const metadataOf = (
  { metadata }: KubeObject,
  names: ReadonlyArray<string> = ['labels'],
): KubeObject['metadata'] => ({
  name: metadata.name,
  ...only(metadata, ['namespace', ...names]),
})

const withMetadata = (object: KubeObject, more: Plain = {}): KubeObject => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  metadata: metadataOf(object),
  ...more,
})

const namedPorts = (container: unknown): Plain =>
  field(
    'ports',
    listOf(Object(container).ports)
      .filter((port) => typeof Object(port).name === 'string')
      .map((port) => only(port, ['name', 'containerPort', 'protocol'])),
  )

/** Containers with a port that has a name; sidecars among the others by their restartPolicy. */
const containersOf = (containers: unknown): ReadonlyArray<Plain> =>
  listOf(containers).flatMap((it) => {
    const ports = namedPorts(it)
    return ports.ports === undefined ? [] : [{ ...only(it, ['restartPolicy']), ...ports }]
  })

/** The controller that made it: a ReplicaSet, a DaemonSet, a Job. */
const controllerOf = ({ metadata: { ownerReferences = [] } }: KubeObject): Plain =>
  field(
    'ownerReferences',
    ownerReferences
      .filter(({ controller }) => controller === true)
      .map((it) => only(it, ['apiVersion', 'kind', 'name', 'controller'])),
  )

const isDone = (object: KubeObject): boolean => ['Succeeded', 'Failed'].includes(Object(object.status).phase)

const pod = (object: KubeObject): KubeObject | undefined => {
  if (isDone(object)) return undefined
  const [spec, status] = [Object(object.spec), Object(object.status)]
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...metadataOf(object), ...controllerOf(object) },
    spec: {
      ...only(spec, ['nodeName', 'hostNetwork', 'serviceAccountName']),
      ...field('containers', containersOf(spec.containers)),
      ...field('initContainers', containersOf(spec.initContainers)),
    },
    status: only(status, listOf(status.podIPs).length > 0 ? ['podIPs'] : ['podIP']),
  }
}

/** Addresses of a node and its tunnels are noted beside those that Kubernetes knows. */
const ownAnnotations = (object: KubeObject): Plain =>
  field(
    'annotations',
    Object.fromEntries(
      Object.entries(object.metadata.annotations ?? {}).filter(([key]) =>
        key.startsWith('projectcalico.org/'),
      ),
    ),
  )

const node = (object: KubeObject): KubeObject => ({
  ...withMetadata(object, {
    spec: only(object.spec, ['podCIDR', 'podCIDRs']),
    status: only(object.status, ['addresses']),
  }),
  metadata: { ...metadataOf(object), ...ownAnnotations(object) },
})

const service = (object: KubeObject): KubeObject =>
  withMetadata(object, {
    spec: only(object.spec, [
      'type',
      'selector',
      'clusterIP',
      'clusterIPs',
      'externalIPs',
      'externalTrafficPolicy',
      'ports',
    ]),
    ...field('status', only(object.status, ['loadBalancer'])),
  })

const endpointSlice = (object: KubeObject): KubeObject =>
  withMetadata(object, {
    ...only(object, ['addressType']),
    endpoints: listOf(object.endpoints).map((it) => ({
      ...only(it, ['addresses', 'nodeName']),
      ...field('targetRef', only(Object(it).targetRef, ['kind', 'namespace', 'name'])),
    })),
    ports: listOf(object.ports).map((it) => only(it, ['name', 'port', 'protocol'])),
  })

/** Calico keeps the metadata in an annotation; the spec is decoded later. */
const policy = (object: KubeObject): KubeObject => ({
  ...withMetadata(object, only(object, ['spec'])),
  metadata: { ...metadataOf(object, ['labels', 'creationTimestamp']), ...ownAnnotations(object) },
})

const byKind: Readonly<Record<string, (object: KubeObject) => KubeObject | undefined>> = {
  Namespace: withMetadata,
  ServiceAccount: withMetadata,
  Pod: pod,
  Node: node,
  Service: service,
  EndpointSlice: endpointSlice,
}

/**
 * Of an object what has a say, and no more: of a pod its labels, addresses, named ports, account and node. Pods that are
 * done are none.
 */
export const keptFields = (object: KubeObject): KubeObject | undefined =>
  (byKind[object.kind] ?? policy)(object)
