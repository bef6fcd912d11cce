import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Version } from '../../model/calico-version.js'
import { isPlain } from '../../model/codec/json.js'
import { decode, type Resource } from '../../model/resource.js'
import type { Tier } from '../../model/tier.js'
import type { Labels } from '../../selector/ast.js'
import { enforced } from './enforced.js'
import type { Workload } from './flow.js'
import { type DescribedNode, type KnownNode, withDescription, withManifest } from './known-node.js'
import { kubernetesPolicy } from './kubernetes-policy.js'
import { isManifest, type Manifest, manifestsOf } from './manifest.js'
import { hostPodOf, workloadOf } from './pod.js'
import type { EndpointSlice } from './service-endpoints.js'
import { type Makers, makers, noteOwner, noteWorkload, workloadPeers } from './workload-peers.js'
import { makesPods } from './workload-template.js'
import type { World } from './world.js'
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
  readonly makers: Makers
}

export interface Reading {
  readonly calico: Version
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

const addManifest = (into: Collected, manifest: Manifest, reading: Reading): void => {
  const { apiVersion, kind, metadata } = manifest
  const [group] = apiVersion.split('/')
  const refuse = ({ issues }: Invalid): void => {
    into.issues.push(...issues.map((issue) => ({ ...issue, resource: nameOf(manifest) })))
  }
  if (group === 'projectcalico.org') {
    const decoded = decode(manifest)
    if (E.isLeft(decoded)) refuse(decoded.left)
    else addResource(into, decoded.right, reading)
  } else if (group === 'networking.k8s.io' && kind === 'NetworkPolicy') {
    const made = kubernetesPolicy(manifest)
    if (E.isLeft(made)) refuse(made.left)
    else into.policies.push({ resource: made.right, origin: 'KubernetesNetworkPolicy' })
  } else if (kind === 'Namespace') into.namespaces.set(metadata.name, metadata.labels ?? {})
  else if (kind === 'ServiceAccount')
    into.serviceAccounts.set(keyOf(metadata.namespace, metadata.name), metadata.labels ?? {})
  else if (kind === 'Node')
    into.nodes.set(metadata.name, withManifest(into.nodes.get(metadata.name), manifest))
  else if (kind === 'EndpointSlice') into.slices.push(manifest as unknown as EndpointSlice)
  else if (kind === 'Pod') {
    const pod = workloadOf(manifest, reading.calico)
    const host = hostPodOf(manifest)
    if (pod !== undefined) into.pods.set(keyOf(metadata.namespace, metadata.name), pod)
    else if (host !== undefined) into.hostPods.set(keyOf(metadata.namespace, metadata.name), host)
    noteOwner(into.makers, manifest)
  } else if (makesPods(manifest)) noteWorkload(into.makers, manifest)
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
      message: 'this is no Kubernetes object',
      hint: 'it has apiVersion, kind and metadata.name',
    })
}

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
    makers: makers(),
  }
  const { resources, namespaces, serviceAccounts, pods, nodes, services, endpointSlices } = world
  for (const given of [resources, namespaces, serviceAccounts, pods, nodes, services, endpointSlices]) {
    const { values, issues } = manifestsOf(given)
    into.issues.push(...issues)
    for (const value of values) addValue(into, value, reading)
  }
  const { issues, slices, makers: workloads, ...parts } = into
  for (const [name, peer] of workloadPeers(workloads, into.pods, reading.calico)) into.pods.set(name, peer)
  return unlessIssues(issues, {
    ...parts,
    serviceAccounts:
      serviceAccounts === undefined && into.serviceAccounts.size === 0 ? undefined : into.serviceAccounts,
    slices: endpointSlices === undefined && slices.length === 0 ? undefined : slices,
  })
}
