import fc from 'fast-check'
import {
  calicoLabels,
  namespaceNames,
  nets,
  outside,
  portNames,
  ports,
  seldom,
  serviceNames,
  someOf,
} from './words.js'

const name = fc.constantFrom('a', 'b', 'deny', 'zoo')
const members = someOf(
  [
    ...nets[4],
    ...nets[6],
    '10.0.0.2',
    '10.0.0.3/32',
    'fd00::3',
    '10.0.0.3/31',
    '10.0.0.6/30',
    'fd00::3/126',
    ...outside[4],
  ],
  3,
)
const spec = fc.record({ nets: members })

/** Of a namespace, whose labels it then has, or of none. */
export const networkSet = fc.oneof(
  fc.record({
    kind: fc.constant('GlobalNetworkSet'),
    metadata: fc.record({ name, labels: calicoLabels }),
    spec,
  }),
  fc.record({
    kind: fc.constant('NetworkSet'),
    metadata: fc.record({ name, namespace: fc.constantFrom(...namespaceNames), labels: calicoLabels }),
    spec,
  }),
)

const slicePorts = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 5,
    arbitrary: fc.array(
      fc.record({
        name: seldom(fc.constantFrom(...portNames), 1),
        port: fc.option(fc.constantFrom(...ports), { nil: undefined, freq: 8 }),
        protocol: seldom(fc.constantFrom('TCP', 'UDP', 'SCTP'), 1),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
)

/** A service's endpoints, ready or not, with any number of ports or none. */
export const endpointSlice = fc
  .record({
    name: fc.constantFrom('s1', 's2', 's3'),
    namespace: fc.constantFrom(...namespaceNames),
    service: fc.constantFrom(...serviceNames),
    addresses: fc.oneof(
      fc.record({
        addressType: fc.constant('IPv4'),
        ips: someOf(['10.0.0.1', '10.0.0.2', '10.0.0.3', ...outside[4]], 4),
      }),
      fc.record({
        addressType: fc.constant('IPv6'),
        ips: someOf(['fd00::1', 'fd00::2', 'fd00::3', ...outside[6]], 4),
      }),
    ),
    ready: fc.boolean(),
    ports: slicePorts,
  })
  .map(({ name, namespace, service, addresses: { addressType, ips }, ready, ports }) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': service } },
    addressType,
    endpoints: ips.map((ip) => ({ addresses: [ip], conditions: { ready } })),
    ports,
  }))
