/** What calicoctl and the API server call a kind, and what they let be done with it. */
export interface KindFacts {
  /** Its name in paths and in RBAC rules. */
  readonly plural: string
  readonly namespaced: boolean
  /** The first Calico release that has it; absent for those before 3.20. */
  readonly since?: string
  /** Whether calicoctl can create and delete it where Kubernetes is the datastore. */
  readonly writable: boolean
  /** Where Kubernetes is the datastore: a resource of its own, or a reading of one of Kubernetes' own. */
  readonly stored: 'crd' | 'kubernetes'
}

const stored = (plural: string, namespaced: boolean, since?: string): KindFacts => ({
  plural,
  namespaced,
  writable: true,
  stored: 'crd',
  ...(since === undefined ? {} : { since }),
})

const derived = (plural: string, namespaced: boolean): KindFacts => ({
  plural,
  namespaced,
  writable: false,
  stored: 'kubernetes',
})

/**
 * All kinds that calicoctl handles and can write with some datastore.
 *
 * **Source**: `calicoctl/calicoctl/resourcemgr`, `libcalico-go/lib/backend/k8s/resources`.
 */
export const kindFacts = {
  NetworkPolicy: stored('networkpolicies', true),
  GlobalNetworkPolicy: stored('globalnetworkpolicies', false),
  Tier: stored('tiers', false, '3.29'),
  StagedNetworkPolicy: stored('stagednetworkpolicies', true, '3.30'),
  StagedGlobalNetworkPolicy: stored('stagedglobalnetworkpolicies', false, '3.30'),
  StagedKubernetesNetworkPolicy: stored('stagedkubernetesnetworkpolicies', true, '3.30'),
  NetworkSet: stored('networksets', true),
  GlobalNetworkSet: stored('globalnetworksets', false),
  HostEndpoint: stored('hostendpoints', false),
  IPPool: stored('ippools', false),
  IPReservation: stored('ipreservations', false, '3.22'),
  BGPConfiguration: stored('bgpconfigurations', false),
  BGPPeer: stored('bgppeers', false),
  BGPFilter: stored('bgpfilters', false, '3.26'),
  FelixConfiguration: stored('felixconfigurations', false),
  KubeControllersConfiguration: stored('kubecontrollersconfigurations', false),
  Profile: derived('profiles', false),
  Node: derived('nodes', false),
  WorkloadEndpoint: derived('workloadendpoints', true),
} as const satisfies Readonly<Record<string, KindFacts>>

export type Kind = keyof typeof kindFacts

/** In the order of the table. */
export const kinds = Object.keys(kindFacts) as ReadonlyArray<Kind>

export const isKind = (kind: unknown): kind is Kind =>
  typeof kind === 'string' && Object.hasOwn(kindFacts, kind)
