/**
 * The policies that the benchmarks measure: the same for every run and every peer. Half are GlobalNetworkPolicies,
 * half NetworkPolicies, each with two ingress and two egress rules, selectors, ports, nets and labels, about 960
 * bytes as JSON. One label value in eight is a word that YAML 1.1 takes for something else (`yes`, `0123`).
 */
type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }
export type Manifest = { readonly [key: string]: Json }

export const words = [
  'web',
  'api',
  'db',
  'cache',
  'queue',
  'auth',
  'mail',
  'search',
  'batch',
  'edge',
  'proxy',
] as const
const traps = [
  'yes',
  'no',
  'on',
  '0123',
  '1e3',
  '1_000',
  'null',
  'true',
  '2024-01-01',
  'y',
  '0x1F',
  '6.5',
] as const

const pick = <A>(from: ReadonlyArray<A>, index: number): A => from[index % from.length] as A
const word = (index: number): string => pick(words, index)
const net = (index: number): string => `10.${index % 250}.${(index * 7) % 250}.0/24`

const ingress = (i: number): Json => [
  {
    action: 'Allow',
    protocol: 'TCP',
    source: {
      selector: `role == '${word(i + 1)}' && env in {'prod', 'stage'}`,
      namespaceSelector: "team == 'core'",
    },
    destination: { ports: [8080 + (i % 50), '9000:9010'] },
  },
  {
    action: 'Deny',
    protocol: 'UDP',
    source: { nets: [net(i), net(i + 3)], notNets: [`10.${i % 250}.${(i * 7) % 250}.128/25`] },
    destination: { ports: [53] },
  },
]

const egress = (i: number): Json => [
  {
    action: 'Allow',
    protocol: 'TCP',
    destination: { selector: `role == '${word(i + 2)}' && !has(quarantined)`, ports: [443, 5432] },
  },
  {
    action: 'Log',
    protocol: 'SCTP',
    source: { notSelector: "role == 'legacy'" },
    destination: { nets: [`192.168.${i % 250}.0/24`], notPorts: ['20:22', 25] },
  },
]

/** The policy number `i`, counted from 0. */
export const policy = (i: number): Manifest => {
  const global = i % 2 === 0
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: global ? 'GlobalNetworkPolicy' : 'NetworkPolicy',
    metadata: {
      name: `${word(i)}-${i}`,
      ...(global ? {} : { namespace: `team-${i % 40}` }),
      labels: { app: word(i), tier: i % 8 === 0 ? pick(traps, i / 8) : 'backend' },
      annotations: { owner: `team-${i % 40}`, note: 'Kept in order by the platform team' },
    },
    spec: {
      order: 100 + (i % 900),
      selector: `role == '${word(i)}' && has(env)`,
      ...(global ? { namespaceSelector: "has(projectcalico.org/name) && env == 'prod'" } : {}),
      types: ['Ingress', 'Egress'],
      ingress: ingress(i),
      egress: egress(i),
    },
  }
}

/** The first `count` policies, each a fresh value. */
export const policies = (count: number): ReadonlyArray<Manifest> =>
  Array.from({ length: count }, (_, i) => policy(i))
