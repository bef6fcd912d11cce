import * as E from 'fp-ts/lib/Either.js'
import type { Invalid } from '../../error.js'
import { isPlain } from '../../model/codec/json.js'
import { isForeign } from '../../model/foreign/foreign.js'
import { decode, type Resource } from '../../model/resource.js'
import { fromStorage } from '../../model/storage/storage.js'
import type { Labels } from '../../selector/ast.js'
import { convertClusterPolicy, isClusterPolicyKind } from '../world/cluster-policy-kinds.js'
import { type DescribedNode, type KnownNode, withDescription, withManifest } from '../world/known-node.js'
import { kubernetesPolicy } from '../world/kubernetes-policy.js'
import { isManifest, type Manifest, manifestsOf } from '../world/manifest.js'
import type { World } from '../world/world.js'

/** A pod, as it stands in a cluster. */
export interface GivenPod {
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  readonly serviceAccount: string
  readonly node: string | undefined
  readonly isOnHostNetwork: boolean
}

/** What of a cluster the rules of lint ask about beside the resources. */
export interface LintWorld {
  readonly nodes: ReadonlyMap<string, KnownNode>
  readonly pods: ReadonlyArray<GivenPod>
  readonly namespaces: ReadonlyMap<string, Labels>
  /** Services, EndpointSlices, webhooks and whatever else there is, by kind. */
  readonly manifests: ReadonlyMap<string, ReadonlyArray<Manifest>>
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const podOf = ({ metadata, spec = {} }: Manifest): GivenPod => ({
  namespace: metadata.namespace ?? 'default',
  name: metadata.name,
  labels: metadata.labels ?? {},
  serviceAccount: text(spec.serviceAccountName) ?? 'default',
  node: text(spec.nodeName),
  isOnHostNetwork: spec.hostNetwork === true,
})

const isDescribedNode = (value: unknown): value is DescribedNode =>
  isPlain(value) && value._tag === 'Node' && typeof value.name === 'string'

export const worldManifests = (world: World): ReadonlyArray<unknown> =>
  [
    world.resources,
    world.namespaces,
    world.serviceAccounts,
    world.pods,
    world.nodes,
    world.services,
    world.endpointSlices,
  ].flatMap((given) => manifestsOf(given).values)

export const lintWorld = (values: ReadonlyArray<unknown>): LintWorld => {
  const nodes = new Map<string, KnownNode>()
  const namespaces = new Map<string, Labels>()
  const pods: Array<GivenPod> = []
  const manifests = new Map<string, Array<Manifest>>()
  for (const value of values) {
    if (isDescribedNode(value)) nodes.set(value.name, withDescription(nodes.get(value.name), value))
    if (!isManifest(value)) continue
    const { kind, metadata, apiVersion } = value
    if (kind === 'Node' && apiVersion === 'v1')
      nodes.set(metadata.name, withManifest(nodes.get(metadata.name), value))
    else if (kind === 'Namespace') namespaces.set(metadata.name, metadata.labels ?? {})
    else if (kind === 'Pod') pods.push(podOf(value))
    else {
      const those = manifests.get(kind)
      if (those === undefined) manifests.set(kind, [value])
      else those.push(value)
    }
  }
  return { nodes, pods, namespaces, manifests }
}

/** The names under which Felix keeps policies of Kubernetes: beside one of Calico's of the same name, it is another. */
const prefixes = {
  KubernetesNetworkPolicy: 'knp.default.',
  AdminNetworkPolicy: 'kanp.adminnetworkpolicy.',
  BaselineAdminNetworkPolicy: 'kbanp.baselineadminnetworkpolicy.',
  ClusterNetworkPolicy: 'kcnp.',
} as const

const renamed = (resource: Resource, prefix: string): Resource =>
  ({
    ...resource,
    metadata: { ...resource.metadata, name: `${prefix}${resource.metadata.name}` },
  }) as Resource

const felixName =
  /\b\w+\(((?:[^()/\s]*\/)?)(knp\.default|kanp\.adminnetworkpolicy|kbanp\.baselineadminnetworkpolicy|kcnp)\.([^()\s]*)\)/g

const kindsByPrefix: ReadonlyMap<string, string> = new Map(
  Object.entries(prefixes).map(([kind, prefix]) => [prefix.slice(0, -1), kind]),
)

/** A text in which policies of Kubernetes are called by the kind and the name that people know them by. */
export const asWritten = (text: string): string =>
  text.replace(
    felixName,
    (_, namespace: string, prefix: string, name: string) =>
      `${kindsByPrefix.get(prefix)}(${namespace}${name})`,
  )

/** What a policy of Kubernetes is to Calico; `undefined` for what is none, and what does not convert. */
export const convertedPolicy = (manifest: Manifest): E.Either<Invalid, Resource> | undefined => {
  const { apiVersion, kind } = manifest
  if (apiVersion.startsWith('networking.k8s.io/') && kind === 'NetworkPolicy')
    return E.map((policy: Resource) => renamed(policy, prefixes.KubernetesNetworkPolicy))(
      kubernetesPolicy(manifest),
    )
  if (!apiVersion.startsWith('policy.networking.k8s.io/') || !isClusterPolicyKind(kind)) return undefined
  return E.map((policy: Resource) => renamed(policy, prefixes[kind]))(convertClusterPolicy(manifest, kind))
}

/** The resource that a value is to lint: Calico's own, in either form, or a policy of Kubernetes. */
export const lintedResource = (value: unknown): Resource | undefined => {
  if (!isManifest(value)) return undefined
  const converted = convertedPolicy(value)
  if (converted !== undefined) return E.isRight(converted) ? converted.right : undefined
  if (isForeign({ ...value })) return undefined
  const read = value.apiVersion === 'projectcalico.org/v3' ? decode(value) : fromStorage(value)
  return E.isRight(read) ? read.right : undefined
}
