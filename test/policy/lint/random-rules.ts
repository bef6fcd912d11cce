import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../../src/check/check.js'
import type { EntityRule } from '../../../src/model/policy/entity-rule.js'
import type { PolicySpec } from '../../../src/model/policy/policy.js'
import type { Protocol } from '../../../src/model/policy/protocol.js'
import type { Rule } from '../../../src/model/policy/rule.js'
import type { Tier } from '../../../src/model/policy/tier.js'
import type { Resource } from '../../../src/model/resource.js'
import type { Address, Flow, Workload } from '../../../src/policy/world/flow.js'

const apiVersion = 'projectcalico.org/v3'

/** Few words, so that policies, rules and flows meet often. */
const namespace = fc.constantFrom('shop', 'bank')
const selector = fc.constantFrom(
  'all()',
  "role == 'web'",
  "role in {'web', 'api'}",
  "role != 'web'",
  "role starts with 'w'",
  "has(role) && env == 'prod'",
  "role == 'web' && env != 'prod'",
  "role == 'web' && role == 'api'",
  "projectcalico.org/namespace == 'bank'",
)
const namespaceSelector = fc.constantFrom(
  'all()',
  'global()',
  "projectcalico.org/name == 'shop'",
  "team != 'a'",
)
const net = fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/31', '192.0.2.0/24', '192.0.2.7/32')
const port = fc.constantFrom(80, 90, '80:90', '85:100', '1:65535', 'http')

const few = <A>(one: fc.Arbitrary<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.uniqueArray(one, { minLength: 1, maxLength: 2 })

type Fields<T> = { readonly [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> }

/** Each field is left out in three of four cases. */
const sparse = <T extends object>(fields: Fields<T>): fc.Arbitrary<T> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries<fc.Arbitrary<unknown>>(fields).map(([key, arbitrary]) => [
          key,
          fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary }),
        ]),
      ),
    )
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T)

const end = sparse<EntityRule>({
  selector,
  namespaceSelector,
  notSelector: selector,
  nets: few(net),
  notNets: few(net),
  ports: few(port),
  notPorts: few(port),
  serviceAccounts: fc.constantFrom({ names: ['ci'] }, { selector: "team == 'a'" }),
  services: fc.constant({ name: 'dns', namespace: 'shop' }),
})

const hasPorts = ({ source, destination }: Omit<Rule, 'action'>): boolean =>
  [source, destination].some((it) => it?.ports !== undefined || it?.notPorts !== undefined)

/** Ports and HTTP go with TCP, ICMP's fields with ICMP. */
const withProtocol = (match: Omit<Rule, 'action'>): Omit<Rule, 'action'> => {
  if (match.icmp !== undefined) return { ...match, protocol: 'ICMP' }
  return hasPorts(match) || match.http !== undefined ? { ...match, protocol: 'TCP' } : match
}

const rule: fc.Arbitrary<Rule> = fc
  .tuple(
    fc.constantFrom<Rule['action']>('Allow', 'Deny', 'Log', 'Pass'),
    sparse<Omit<Rule, 'action'>>({
      ipVersion: fc.constant<4>(4),
      protocol: fc.constantFrom<Protocol>('TCP', 'UDP', 6),
      notProtocol: fc.constantFrom<Protocol>('TCP', 'UDP'),
      icmp: fc.constant({ type: 8 }),
      notICMP: fc.constant({ type: 8 }),
      source: end,
      destination: end,
      http: fc.constant({ methods: ['GET'] }),
      metadata: fc.constant({}),
    }).map(withProtocol),
  )
  .map(([action, match]) => ({ action, ...match }))

const isTaken = (direction: 'ingress' | 'egress', of: Rule): boolean =>
  E.isRight(
    check({ apiVersion, kind: 'GlobalNetworkPolicy', metadata: { name: 'a' }, spec: { [direction]: [of] } }),
  )

const narrower = ([one, other]: readonly [Rule, Rule]): readonly [Rule, Rule] => {
  const ends = {
    source: { ...one.source, ...other.source },
    destination: { ...one.destination, ...other.destination },
  }
  return [one, { ...other, ...withProtocol({ ...one, ...other, ...ends }), action: other.action }]
}

/** Two rules, of which the second has the fields of the first as well, mostly as the first has them. */
export const someRules: fc.Arbitrary<readonly [Rule, Rule]> = fc
  .tuple(rule, rule)
  .map(narrower)
  .filter((both) => both.every((it) => isTaken('ingress', it)))

/** Rules that Calico takes. */
const rules = (direction: 'ingress' | 'egress'): fc.Arbitrary<ReadonlyArray<Rule>> =>
  fc.array(
    rule.filter((it) => isTaken(direction, it)),
    { minLength: 1, maxLength: 4 },
  )

const spec = sparse<PolicySpec>({
  tier: fc.constant('first'),
  order: fc.constantFrom(1, 2),
  selector,
  serviceAccountSelector: fc.constantFrom("team == 'a'", 'all()'),
  types: few(fc.constantFrom('Ingress', 'Egress')),
  performanceHints: fc.constant([]),
  ingress: rules('ingress'),
  egress: rules('egress'),
}).chain((it) => rules('ingress').map((ingress) => ({ ingress, ...it })))

const policy: fc.Arbitrary<(name: string) => Resource> = fc.oneof(
  fc.tuple(namespace, spec).map(
    ([in_, of]) =>
      (name: string): Resource => ({
        apiVersion,
        kind: 'NetworkPolicy',
        metadata: { name, namespace: in_ },
        spec: of,
      }),
  ),
  fc
    .tuple(
      spec,
      sparse<{ namespaceSelector: string }>({
        namespaceSelector: namespaceSelector.filter((it) => it !== 'global()'),
      }),
    )
    .map(
      ([of, more]) =>
        (name: string): Resource => ({
          apiVersion,
          kind: 'GlobalNetworkPolicy',
          metadata: { name },
          spec: { ...of, ...more },
        }),
    ),
)

const tier: Tier = {
  apiVersion,
  kind: 'Tier',
  metadata: { name: 'first' },
  spec: { order: 1, defaultAction: 'Pass' },
}

const sets: ReadonlyArray<Resource> = [
  {
    apiVersion,
    kind: 'GlobalNetworkSet',
    metadata: { name: 'outside', labels: { role: 'web' } },
    spec: { nets: ['192.0.2.0/24'] },
  },
  {
    apiVersion,
    kind: 'NetworkSet',
    metadata: { name: 'partners', namespace: 'shop', labels: { role: 'api', env: 'prod' } },
    spec: { nets: ['192.0.2.7'] },
  },
]

/** Policies `a`, `b` and so on, in one tier or two, with sets for their rules to select. */
export const someResources: fc.Arbitrary<ReadonlyArray<Resource>> = fc
  .array(policy, { minLength: 1, maxLength: 4 })
  .map((made) => [tier, ...sets, ...made.map((make, index) => make('abcd'.charAt(index)))])

const workload: fc.Arbitrary<Workload> = fc
  .tuple(
    namespace,
    sparse<Record<'role' | 'env', string>>({
      role: fc.constantFrom('web', 'api', 'www'),
      env: fc.constantFrom('prod', 'test'),
    }),
    fc.constantFrom({}, { team: 'a' }),
    fc.constantFrom('ci', undefined),
    fc.constantFrom('10.0.0.1', '10.0.0.2', '192.0.2.7'),
  )
  .map(([in_, labels, team, serviceAccount, ip]) => ({
    _tag: 'Workload',
    namespace: in_,
    labels,
    namespaceLabels: team,
    ...(serviceAccount === undefined ? {} : { serviceAccount, serviceAccountLabels: team }),
    ip,
    namedPorts: { http: 80 },
  }))

const address: fc.Arbitrary<Address> = fc
  .constantFrom('192.0.2.7', '192.0.2.8', '8.8.8.8')
  .map((ip) => ({ _tag: 'Address', ip }))

/** From pod to pod, or between a pod and an address. */
export const someFlow: fc.Arbitrary<Flow> = fc
  .tuple(
    fc.oneof(fc.tuple(workload, workload), fc.tuple(workload, address), fc.tuple(address, workload)),
    fc.constantFrom('TCP', 'TCP', 'UDP', 'ICMP'),
    fc.constantFrom(80, 87, 95, 443),
    fc.constantFrom(80, 90, 95, 443),
  )
  .map(([[from, to], protocol, port, sourcePort]): Flow => {
    return protocol === 'ICMP'
      ? { from, to, protocol, icmp: { type: 8, code: 0 } }
      : { from, to, protocol, port, sourcePort }
  })

export const someFlows: fc.Arbitrary<ReadonlyArray<Flow>> = fc.array(someFlow, {
  minLength: 20,
  maxLength: 20,
})
