import fc from 'fast-check'
import { policyName } from './policy.js'
import { key, labelValues, namespaceNames, nets, portNames, ports, seldom, someOf, value } from './words.js'

const requirement = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values: someOf(labelValues) }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
)
const labelSelector = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.record({ matchLabels: fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ matchExpressions: fc.array(requirement, { minLength: 1, maxLength: 2 }) }),
  },
)
const namespaceSelector = fc.oneof(
  { weight: 2, arbitrary: labelSelector },
  {
    weight: 2,
    arbitrary: fc.record({
      matchLabels: fc.record({ 'kubernetes.io/metadata.name': fc.constantFrom(...namespaceNames) }),
    }),
  },
)

/** An exception lies within its block: else the API server refuses it. */
const ipBlock = fc.oneof(
  fc.constantFrom(...nets[4], ...nets[6]).map((cidr) => ({ cidr })),
  fc.constant({ cidr: '10.0.0.0/24', except: ['10.0.0.4/30', '10.0.0.1/32'] }),
  fc.constant({ cidr: '0.0.0.0/0', except: ['10.0.0.0/29'] }),
  fc.constant({ cidr: 'fd00::/64', except: ['fd00::2/128'] }),
)

const peer = fc.oneof(
  fc.record({ podSelector: labelSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: labelSelector, namespaceSelector }),
  fc.record({ ipBlock }),
)

const port = fc.oneof(
  fc.record({ protocol: seldom(fc.constantFrom('TCP', 'UDP', 'SCTP'), 1), port: fc.constantFrom(...ports) }),
  fc.record({
    protocol: seldom(fc.constantFrom('TCP', 'UDP', 'SCTP'), 1),
    port: fc.constantFrom(...portNames),
  }),
  fc.record({ protocol: seldom(fc.constantFrom('TCP', 'UDP', 'SCTP'), 1) }),
  fc
    .record({ port: fc.constantFrom(22, 80, 5432), endPort: fc.constantFrom(443, 8081, 65535) })
    .map((it) => (it.endPort < it.port ? { ...it, endPort: it.port } : it)),
)

const rules = (peers: 'from' | 'to') =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    {
      weight: 3,
      arbitrary: fc.array(
        fc.record({
          [peers]: seldom(fc.array(peer, { maxLength: 2 }), 1),
          ports: seldom(fc.array(port, { maxLength: 3 }), 1),
        }),
        { maxLength: 2 },
      ),
    },
  )

/** As it stands in a cluster, or as its author left it, without types. */
export const kubernetesPolicy = fc.record({
  apiVersion: fc.constant('networking.k8s.io/v1'),
  kind: fc.constant('NetworkPolicy'),
  metadata: fc.record({ name: policyName, namespace: fc.constantFrom(...namespaceNames) }),
  spec: fc.record({
    podSelector: labelSelector,
    policyTypes: seldom(fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']), 1),
    ingress: rules('from'),
    egress: rules('to'),
  }),
})
