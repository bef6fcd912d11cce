import type { ResourceType } from '../../cluster/port.js'
import { isKind, type KindFacts, kindFacts } from '../../model/kind.js'

export const calicoApiVersion = 'projectcalico.org/v3'

type StoredFacts = Pick<KindFacts, 'plural' | 'namespaced'>

/** Kinds that users do not write. */
const others: Readonly<Record<string, StoredFacts>> = {
  ClusterInformation: { plural: 'clusterinformations', namespaced: false },
  IPAMBlock: { plural: 'ipamblocks', namespaced: false },
}

const factsOf = (kind: string): StoredFacts | undefined => (isKind(kind) ? kindFacts[kind] : others[kind])

/** Where calicoctl keeps a kind: as a custom resource. **Source**: `libcalico-go/lib/backend/k8s/k8s.go`. */
export const storedType = (kind: string): ResourceType => {
  const { plural = '', namespaced = false } = factsOf(kind) ?? {}
  return { group: 'crd.projectcalico.org', version: 'v1', resource: plural, kind, namespaced }
}

/** What calicoctl calls a kind on its command line. **Source**: `calicoctl/calicoctl/resourcemgr`. */
const aliases: Readonly<Record<string, ReadonlyArray<string>>> = {
  NetworkPolicy: ['networkpolicy', 'networkpolicies', 'policy', 'np', 'policies', 'pol', 'pols'],
  GlobalNetworkPolicy: ['globalnetworkpolicy', 'globalnetworkpolicies', 'gnp', 'gnps'],
  NetworkSet: ['networkset', 'networksets', 'netsets'],
  GlobalNetworkSet: ['globalnetworkset', 'globalnetworksets', 'gnetset', 'gnetsets'],
  HostEndpoint: ['hostendpoint', 'hostendpoints', 'hep', 'heps'],
  ClusterInformation: ['clusterinformation', 'clusterinformations', 'clusterinfo', 'clinfo'],
}

export const kindNamed = (alias: string): string | undefined =>
  Object.entries(aliases).find(([, names]) => names.includes(alias.toLowerCase()))?.[0]

/** The name that identifies a resource in calicoctl's messages. */
export const identify = (kind: string, name: string, namespace: string | undefined): string =>
  storedType(kind).namespaced ? `${kind}(${namespace ?? ''}/${name})` : `${kind}(${name})`
