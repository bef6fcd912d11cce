import { minorOf, type Release } from './calico-version.js'

/** What calicoctl and the API server call a kind, and what they let be done with it. */
export interface KindFacts {
  /** Its name in paths and in RBAC rules. */
  readonly plural: string
  readonly namespaced: boolean
  /** The first Calico release that has it; absent for those before 3.20. */
  readonly since?: Release
  /** Whether calicoctl can create and delete it where Kubernetes is the datastore. */
  readonly writable: boolean
  /** Where Kubernetes is the datastore: a resource of its own, or a view of one of Kubernetes' own. */
  readonly stored: 'crd' | 'kubernetes'
  /** Whether it is a policy whose spec names its tier: up to Calico 3.31 the tier is part of its stored name, too. */
  readonly tiered: boolean
  /** Whether it is a policy on trial: Calico logs what it would do, and does not do it. */
  readonly staged: boolean
}

interface NoPolicy extends KindFacts {
  readonly tiered: false
  readonly staged: false
}

interface TieredPolicy extends KindFacts {
  readonly tiered: true
}

const resource = (plural: string, namespaced: boolean, since?: Release): NoPolicy => ({
  plural,
  namespaced,
  writable: true,
  stored: 'crd',
  tiered: false,
  staged: false,
  ...(since === undefined ? {} : { since }),
})

const policy = (plural: string, namespaced: boolean): TieredPolicy => ({
  ...resource(plural, namespaced),
  tiered: true,
})

const staged = (plural: string, namespaced: boolean): TieredPolicy => ({
  ...resource(plural, namespaced, '3.30'),
  tiered: true,
  staged: true,
})

const derived = (plural: string, namespaced: boolean): NoPolicy => ({
  ...resource(plural, namespaced),
  writable: false,
  stored: 'kubernetes',
})

/**
 * All kinds that calicoctl handles and can write with some datastore.
 *
 * **Source**: `calicoctl/calicoctl/resourcemgr`, `libcalico-go/lib/backend/k8s/resources`.
 */
export const kindFacts = {
  NetworkPolicy: policy('networkpolicies', true),
  GlobalNetworkPolicy: policy('globalnetworkpolicies', false),
  Tier: resource('tiers', false, '3.29'),
  StagedNetworkPolicy: staged('stagednetworkpolicies', true),
  StagedGlobalNetworkPolicy: staged('stagedglobalnetworkpolicies', false),
  StagedKubernetesNetworkPolicy: {
    ...resource('stagedkubernetesnetworkpolicies', true, '3.30'),
    staged: true,
  },
  NetworkSet: resource('networksets', true),
  GlobalNetworkSet: resource('globalnetworksets', false),
  HostEndpoint: resource('hostendpoints', false),
  IPPool: resource('ippools', false),
  IPReservation: resource('ipreservations', false, '3.22'),
  BGPConfiguration: resource('bgpconfigurations', false),
  BGPPeer: resource('bgppeers', false),
  BGPFilter: resource('bgpfilters', false, '3.26'),
  FelixConfiguration: resource('felixconfigurations', false),
  KubeControllersConfiguration: resource('kubecontrollersconfigurations', false),
  Profile: derived('profiles', false),
  Node: derived('nodes', false),
  WorkloadEndpoint: derived('workloadendpoints', true),
} as const satisfies Readonly<Record<string, KindFacts>>

/** The kinds of Calico that calicoctl can write. */
export type Kind = keyof typeof kindFacts

/** In the order of the table. */
export const kinds = Object.keys(kindFacts) as ReadonlyArray<Kind>

export const isKind = (kind: unknown): kind is Kind =>
  typeof kind === 'string' && Object.hasOwn(kindFacts, kind)

/** The policies that are in a tier. */
export type TieredKind = {
  [K in Kind]: (typeof kindFacts)[K]['tiered'] extends true ? K : never
}[Kind]

export const isTiered = (kind: unknown): kind is TieredKind => isKind(kind) && kindFacts[kind].tiered

export const tieredKinds: ReadonlyArray<TieredKind> = kinds.filter(isTiered)

/** A policy that decides on traffic: one that is staged only says what it would have decided. */
export const isEnforced = (kind: unknown): boolean => isTiered(kind) && !kindFacts[kind].staged

/** Whether it is a policy, enforced or on trial, of Calico's rules or of Kubernetes' own. */
export const isPolicyKind = (kind: unknown): boolean =>
  isKind(kind) && (kindFacts[kind].tiered || kindFacts[kind].staged)

/** Whether a release of Calico, such as `3.28.5`, has the kind. */
export const isKindIn = (kind: Kind, calico: string): boolean => {
  const { since }: KindFacts = kindFacts[kind]
  return since === undefined || minorOf(since) <= minorOf(calico)
}
