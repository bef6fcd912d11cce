import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Version } from '../../model/calico-version.js'
import { isPlain } from '../../model/codec/json.js'
import { isForeign } from '../../model/foreign/foreign.js'
import { storageVersion } from '../../model/meta/envelope.js'
import type { Tier } from '../../model/policy/tier.js'
import { decode, type Resource } from '../../model/resource.js'
import { fromStorage } from '../../model/storage/storage.js'
import type { Labels } from '../../selector/ast.js'
import { type ClusterPolicyKind, isClusterPolicyKind, readClusterPolicy } from './cluster-policy-kinds.js'
import { enforced } from './enforced.js'
import type { Workload } from './flow.js'
import { type DescribedNode, type KnownNode, withDescription, withManifest } from './known-node.js'
import { kubernetesPolicy } from './kubernetes-policy.js'
import { isManifest, type Manifest, manifestsOf } from './manifest.js'
import { shapeIssues, withoutNulls } from './manifest-shape.js'
import { passedOverKinds } from './passed-over.js'
import { hostPodOf, workloadOf } from './pod.js'
import type { EndpointSlice } from './service-endpoints.js'
import { type Makers, makers, noteOwner, noteWorkload, workloadPeers } from './workload-peers.js'
import { makesPods } from './workload-template.js'
import { type World, worldLists } from './world.js'
import type { GivenPolicy, WorldParts } from './world-parts.js'

/** What is collected from manifests of all kinds. */
interface Collected {
  readonly issues: Array<Issue>
  readonly policies: Array<GivenPolicy>
  readonly tiers: Array<Tier>
  readonly others: Array<Resource>
  readonly pods: Map<string, Workload>
  readonly namespaces: Map<string, Labels>
  readonly serviceAccounts: Map<string, Labels>
  readonly nodes: Map<string, KnownNode>
  readonly hostPods: Map<string, string>
  readonly slices: Array<EndpointSlice>
  readonly passedOver: Array<Issue>
  /** Of kinds that nothing asks about. */
  readonly unasked: Array<Manifest>
  readonly makers: Makers
}

export interface Reading {
  readonly calico: Version
  /** Otherwise it is the one whose order of policies holds by default. */
  readonly isCalicoGiven: boolean
  readonly staged: boolean
}

const nameOf = ({ kind, metadata }: Manifest): string =>
  `${kind}(${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name})`

const isWorkload = (value: unknown): value is Workload =>
  isPlain(value) && value._tag === 'Workload' && typeof value.namespace === 'string'

const isDescribedNode = (value: unknown): value is DescribedNode =>
  isPlain(value) && value._tag === 'Node' && typeof value.name === 'string'

const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? 'default'}/${name}`

const addResource = (into: Collected, resource: Resource, { staged }: Reading): void => {
  const policy = enforced(resource, staged)
  if (policy === 'none') return
  if (policy === undefined) {
    if (resource.kind === 'Tier') into.tiers.push(resource)
    else into.others.push(resource)
  } else if (E.isLeft(policy)) into.issues.push(...policy.left.issues)
  else into.policies.push(policy.right)
}

type Reader = (into: Collected, manifest: Manifest, reading: Reading) => void

const refuse = (into: Collected, manifest: Manifest, { issues }: Invalid): void => {
  into.issues.push(...issues.map((issue) => ({ ...issue, resource: nameOf(manifest) })))
}

const addCalico: Reader = (into, manifest, reading) => {
  const decoded = manifest.apiVersion === storageVersion ? fromStorage(manifest) : decode(manifest)
  if (E.isLeft(decoded)) refuse(into, manifest, decoded.left)
  else addResource(into, decoded.right, reading)
}

const addKubernetesPolicy: Reader = (into, manifest) => {
  const made = kubernetesPolicy(manifest)
  if (E.isLeft(made)) refuse(into, manifest, made.left)
  else into.policies.push({ resource: made.right, origin: 'KubernetesNetworkPolicy' })
}

const addClusterPolicy =
  (kind: ClusterPolicyKind): Reader =>
  (into, manifest, reading) => {
    const made = readClusterPolicy(manifest, kind, reading)
    if (E.isLeft(made)) return refuse(into, manifest, made.left)
    into.passedOver.push(...made.right.passedOver)
    if (made.right.policy !== undefined) into.policies.push(made.right.policy)
  }

const addWorkload: Reader = (into, manifest) => noteWorkload(into.makers, manifest)

/** What is read of Kubernetes' own, by group and kind. Of a service, its EndpointSlices say all that policies ask. */
const readers: Readonly<Record<string, Reader>> = {
  Namespace: (into, { metadata }) => into.namespaces.set(metadata.name, metadata.labels ?? {}),
  ServiceAccount: (into, { metadata }) =>
    into.serviceAccounts.set(keyOf(metadata.namespace, metadata.name), metadata.labels ?? {}),
  Node: (into, manifest) => {
    const { name } = manifest.metadata
    into.nodes.set(name, withManifest(into.nodes.get(name), manifest))
  },
  Pod: (into, manifest, { calico }) => {
    const { metadata } = manifest
    const pod = workloadOf(manifest, calico)
    const host = hostPodOf(manifest)
    if (pod !== undefined) into.pods.set(keyOf(metadata.namespace, metadata.name), pod)
    else if (host !== undefined) into.hostPods.set(keyOf(metadata.namespace, metadata.name), host)
    noteOwner(into.makers, manifest)
  },
  Service: () => undefined,
  'discovery.k8s.io EndpointSlice': (into, manifest) =>
    into.slices.push(manifest as unknown as EndpointSlice),
  'networking.k8s.io NetworkPolicy': addKubernetesPolicy,
}

/** Calico's, or what may be meant to be: decoding says what is wrong with that. A ClusterInformation has no say. */
const isCalicos = (manifest: Manifest): boolean =>
  manifest.kind !== 'ClusterInformation' && !isForeign({ ...manifest })

const readerOf = (manifest: Manifest): Reader | undefined => {
  const { apiVersion, kind } = manifest
  const [group = '', version] = apiVersion.split('/')
  if (group === 'policy.networking.k8s.io' && isClusterPolicyKind(kind)) return addClusterPolicy(kind)
  const reader = readers[version === undefined ? kind : `${group} ${kind}`]
  if (reader === undefined && makesPods(manifest)) return addWorkload
  return reader ?? (isCalicos(manifest) ? addCalico : undefined)
}

/** These say themselves what is wrong with what they read. */
const strict: ReadonlySet<Reader> = new Set([addCalico, addKubernetesPolicy])

const addManifest: Reader = (into, manifest, reading) => {
  const reader = readerOf(manifest)
  if (reader === undefined) return void into.unasked.push(manifest)
  if (strict.has(reader)) return reader(into, manifest, reading)
  const issues = shapeIssues(manifest)
  if (issues.length === 0) reader(into, withoutNulls(manifest), reading)
  else into.issues.push(...issues.map((issue) => ({ ...issue, resource: nameOf(manifest) })))
}

const addValue = (into: Collected, value: unknown, reading: Reading): void => {
  if (isWorkload(value)) {
    const name = value.name ?? `pod-${into.pods.size + 1}`
    into.pods.set(keyOf(value.namespace, name), { ...value, name })
  } else if (isDescribedNode(value))
    into.nodes.set(value.name, withDescription(into.nodes.get(value.name), value))
  else if (isManifest(value)) addManifest(into, value, reading)
  else
    into.issues.push({
      rule: 'not-a-manifest',
      path: [],
      message: 'this is not a Kubernetes object',
      hint: 'give it apiVersion, kind and metadata.name',
    })
}

/** Staged policies that could not be read have no say unless they are taken as if in force. */
const heeded = (unread: ReadonlyArray<string>, { staged }: Reading): ReadonlyArray<string> =>
  staged ? unread : unread.filter((kind) => !kind.startsWith('Staged'))

/** Every manifest of a world, by what it has a say in. */
export const readWorld = (world: World, reading: Reading): E.Either<Invalid, WorldParts> => {
  const into: Collected = {
    issues: [],
    policies: [],
    tiers: [],
    others: [],
    pods: new Map(),
    namespaces: new Map(),
    serviceAccounts: new Map(),
    nodes: new Map(),
    hostPods: new Map(),
    slices: [],
    passedOver: [],
    unasked: [],
    makers: makers(),
  }
  const { serviceAccounts, endpointSlices } = world
  for (const name of worldLists) {
    const { values, issues } = manifestsOf(world[name])
    into.issues.push(...issues)
    for (const value of values) addValue(into, value, reading)
  }
  const { issues, slices, passedOver, unasked, makers: workloads, ...parts } = into
  for (const [name, peer] of workloadPeers(workloads, into.pods, reading.calico)) into.pods.set(name, peer)
  return unlessIssues(issues, {
    ...parts,
    serviceAccounts:
      serviceAccounts === undefined && into.serviceAccounts.size === 0 ? undefined : into.serviceAccounts,
    slices: endpointSlices === undefined && slices.length === 0 ? undefined : slices,
    ...(world.unread === undefined ? {} : { unread: heeded(world.unread, reading) }),
    passedOver: [...passedOver, ...passedOverKinds(unasked)],
  })
}
