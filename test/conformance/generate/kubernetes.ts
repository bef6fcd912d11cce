import fc from 'fast-check'
import type { Size } from './manifest.js'
import { defined } from './metadata.js'
import { mutate } from './mutate.js'
import { dice, from, listFrom, type Pool, Raw, rarely, some, split } from './pool.js'
import * as values from './values.js'

const key = from(values.labelKey).map(String)
const operators: Pool = { good: split('In|NotIn|Exists|DoesNotExist'), near: split('|in|Equals|Gt|exists') }

const expression = fc
  .record({ key, operator: from(operators), values: listFrom(values.labelValue) })
  .map(({ operator, values, ...rest }) =>
    operator === 'In' || operator === 'NotIn'
      ? { ...rest, operator, values: values.length > 0 ? values : ['a'] }
      : { ...rest, operator },
  )
const labelSelector = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        matchLabels: fc.option(fc.dictionary(key, from(values.labelValue), { maxKeys: 3 }), {
          nil: undefined,
        }),
        matchExpressions: rarely(fc.array(expression, { maxLength: 3 })),
      })
      .map(defined),
  },
)

const cidr: Pool = {
  good: [...values.net4.good.filter((net) => !String(net).startsWith('::')), ...values.net6.good],
  near: [...values.net4.near, ...values.net6.near],
}
const peer = fc.oneof(
  { weight: 2, arbitrary: fc.record({ podSelector: labelSelector }) },
  { weight: 2, arbitrary: fc.record({ namespaceSelector: labelSelector }) },
  { weight: 2, arbitrary: fc.record({ podSelector: labelSelector, namespaceSelector: labelSelector }) },
  { weight: 2, arbitrary: fc.record({ ipBlock: some({ cidr: from(cidr), except: listFrom(cidr, 2) }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ipBlock: fc.record({ cidr: from(values.net4), except: listFrom(values.net4, 2) }),
    }),
  },
  { weight: 1, arbitrary: some({ podSelector: labelSelector, ipBlock: fc.record({ cidr: from(cidr) }) }) },
)

const number: Pool = {
  good: [1, 53, 80, 443, 8080, 65535, 80, 81, 82],
  near: [
    0,
    -1,
    65536,
    1.5,
    '80',
    '80:90',
    '-5:-1',
    'HTTP',
    'http_1',
    '',
    true,
    null,
    'x'.repeat(16),
    'x'.repeat(129),
  ],
}
const named: Pool = { good: split('http|dns-tcp|a1'), near: [] }
const protocol: Pool = { good: split('TCP|UDP|SCTP'), near: split('tcp|ICMP|GRE||6') }
const port = fc
  .record({
    protocol: fc.option(from(protocol), { nil: undefined }),
    port: fc.oneof(
      { weight: 6, arbitrary: from(number) },
      { weight: 2, arbitrary: from(named) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    endPort: rarely(from(number)),
  })
  .map(defined)

const rule = (peers: 'from' | 'to'): fc.Arbitrary<object> =>
  fc
    .record({
      ports: fc.option(fc.array(port, { maxLength: 4 }), { nil: undefined }),
      [peers]: fc.option(fc.array(peer, { maxLength: 3 }), { nil: undefined }),
    })
    .map(defined)

const types = fc.constantFrom<unknown>(
  ['Ingress'],
  ['Egress'],
  ['Ingress', 'Egress'],
  ['Egress', 'Ingress'],
  [],
  undefined,
  undefined,
  ['x'],
)

const networkPolicy = fc
  .record({
    metadata: fc
      .record({
        name: from({ ...values.policyName, good: [...values.policyName.good, 'a-b', 'db'] }),
        namespace: fc.option(from(values.namespace), { nil: undefined }),
        labels: rarely(fc.dictionary(key, from(values.labelValue), { maxKeys: 2 })),
        annotations: rarely(fc.dictionary(key, from(values.text), { maxKeys: 2 })),
      })
      .map(defined),
    spec: fc
      .record({
        podSelector: labelSelector,
        policyTypes: types,
        ingress: fc.option(fc.array(rule('from'), { maxLength: 2 }), { nil: undefined }),
        egress: fc.option(fc.array(rule('to'), { maxLength: 2 }), { nil: undefined }),
      })
      .map(defined),
  })
  .map((fields) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...fields }))

/** Kubernetes NetworkPolicies as plain objects, one in four with a fault. */
export const kubernetesPolicies = ({ count, seed }: Size): ReadonlyArray<unknown> =>
  fc
    .sample(fc.tuple(networkPolicy, fc.integer()), { numRuns: count, seed })
    .map(([policy, fault]) => plain(dice(fault).oneIn(4) ? mutate(policy, dice(fault + 1)) : policy))
    .filter((policy) => !Array.isArray(policy))

/** JSON has no raw YAML: what would be one is its text. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, item: unknown) => (item instanceof Raw ? item.text : item)))
