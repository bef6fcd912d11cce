import * as fc from 'fast-check'
import { decode, orThrow, type Resource } from '../../../src/index.js'
import type { PeerFlow } from '../../../src/policy/index.js'
import { nodes } from './cluster.js'

/** Few values, so that policies, rules and flows meet. */
const selector = fc.constantFrom('has(kubernetes.io/os)', "role == 'edge'", "role != 'x'", 'all()')
const port = fc.constantFrom(22, 2379, '2379:2380', 9099, 10250, 443, 31080)
const net = fc.constantFrom('127.0.0.0/8', '192.168.0.0/24', '10.42.0.0/16', '203.0.113.0/24')
const pods = fc.constantFrom(
  { namespaceSelector: "team == 'a'" },
  { selector: "app == 'web'", namespaceSelector: 'all()' },
)
const sometimes = <A>(of: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.option(of, { nil: undefined, freq: 2 })
const rarely = <A>(of: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of })
const list = <A>(of: fc.Arbitrary<A>) => fc.array(of, { minLength: 1, maxLength: 2 })

const rule = fc
  .record({
    action: fc.constantFrom('Allow', 'Deny', 'Deny', 'Pass'),
    ports: sometimes(list(port)),
    nets: sometimes(list(net)),
    pods: rarely(pods),
    isSource: fc.boolean(),
  })
  .map(({ action, ports, nets, pods: some, isSource }) => {
    const peer = { ...(nets === undefined ? {} : { nets }), ...(some ?? {}) }
    return {
      action,
      ...(ports === undefined ? {} : { protocol: 'TCP' }),
      source: isSource ? peer : {},
      destination: { ...(isSource ? {} : peer), ...(ports === undefined ? {} : { ports }) },
    }
  })

const phase = fc.constantFrom(
  {},
  {},
  {},
  { applyOnForward: true },
  { applyOnForward: true, preDNAT: true },
  { applyOnForward: true, doNotTrack: true },
)

const policy = fc
  .record({
    selector,
    namespaceSelector: rarely(fc.constant("team == 'a'")),
    order: fc.integer({ min: 1, max: 9 }),
    types: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: fc.array(rule, { maxLength: 3 }),
    egress: fc.array(rule, { maxLength: 3 }),
    phase,
  })
  .map(({ phase: more, types, ingress, egress, ...spec }) => {
    const of: ReadonlyArray<string> = 'preDNAT' in more ? ['Ingress'] : types
    return {
      ...spec,
      ...more,
      types: of,
      ...(of.includes('Ingress') ? { ingress } : {}),
      ...(of.includes('Egress') ? { egress } : {}),
    }
  })

const endpoint = fc.record({
  interfaceName: fc.constantFrom('*', 'eth0'),
  node: fc.constantFrom('cp', 'worker'),
  isEdge: fc.boolean(),
})

const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const read = (kind: string, name: string, spec: object, labels: object = {}): Resource =>
  orThrow(decode(clean({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name, labels }, spec })))

export const someHostResources = fc
  .tuple(
    fc.array(policy, { minLength: 1, maxLength: 3 }),
    fc.array(endpoint, { minLength: 1, maxLength: 2 }),
    fc.boolean(),
  )
  .map(([policies, endpoints, isOpen]) => [
    ...policies.map((spec, at) => read('GlobalNetworkPolicy', `p${at}`, spec)),
    ...endpoints.map(({ isEdge, node, ...spec }, at) =>
      read(
        'HostEndpoint',
        `h${at}`,
        { ...spec, node, expectedIPs: [node === 'cp' ? '192.168.0.1' : '192.168.0.2'] },
        { 'kubernetes.io/os': 'linux', role: isEdge ? 'edge' : 'inner' },
      ),
    ),
    ...(isOpen
      ? [read('FelixConfiguration', 'default', { failsafeInboundHostPorts: [{ protocol: 'TCP', port: 22 }] })]
      : []),
  ])

const pod = (name: string, node: string, ip: string) => ({
  _tag: 'Workload',
  namespace: 'shop',
  name,
  labels: { app: 'web' },
  namespaceLabels: { team: 'a' },
  serviceAccount: '',
  ip,
  node,
  namedPorts: [],
})

const slice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'k', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  endpoints: [{ addresses: ['203.0.113.9'] }],
  ports: [{ port: 443 }],
}
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ports: [{ port: 80, nodePort: 31080 }] },
}
/** What else there is. */
export const around = {
  nodes,
  pods: [pod('a', 'worker', '10.42.0.1'), pod('b', 'cp', '10.42.1.1')],
  endpointSlices: [slice],
  services: [service],
}

const ends = ['node:worker', 'node:cp', '203.0.113.9', '203.0.113.1', '192.168.0.1', 'shop/a', 'shop/b']
export const tcp = { protocol: 'TCP', sourcePort: 40000, interface: 'eth0' } as const
export const flows: ReadonlyArray<PeerFlow> = ends.flatMap((from) =>
  ends.flatMap((to) =>
    from === to || (!/[:/]/.test(from) && !/[:/]/.test(to))
      ? []
      : [22, 2379, 2380, 9099, 10250, 443].map((at) => ({ ...tcp, from, to, port: at })),
  ),
)
