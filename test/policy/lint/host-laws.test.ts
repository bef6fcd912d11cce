import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decode, orThrow, type Resource } from '../../../src/index.js'
import { type CompiledWorld, compile, type PeerFlow } from '../../../src/policy/index.js'
import { type Finding, lint } from '../../../src/policy/lint/lint.js'
import type { LintRuleName } from '../../../src/policy/lint/rule.js'
import { nodes } from './cluster.js'

const laws = suite('what lint claims of hosts, by the verdicts of random flows')

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

const someResources = fc
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
const around = {
  nodes,
  pods: [pod('a', 'worker', '10.42.0.1'), pod('b', 'cp', '10.42.1.1')],
  endpointSlices: [slice],
  services: [service],
}

const ends = ['node:worker', 'node:cp', '203.0.113.9', '203.0.113.1', '192.168.0.1', 'shop/a', 'shop/b']
const tcp = { protocol: 'TCP', sourcePort: 40000, interface: 'eth0' } as const
const flows: ReadonlyArray<PeerFlow> = ends.flatMap((from) =>
  ends.flatMap((to) =>
    from === to || (!/[:/]/.test(from) && !/[:/]/.test(to))
      ? []
      : [22, 2379, 2380, 9099, 10250, 443].map((at) => ({ ...tcp, from, to, port: at })),
  ),
)

type Law = (finding: Finding, world: CompiledWorld, resources: ReadonlyArray<Resource>) => void

const placeOf = ({ resource, path: [, field, at] }: Finding) => ({
  policy: resource,
  direction: field === 'ingress' ? 'Ingress' : field === 'egress' ? 'Egress' : undefined,
  rule: typeof at === 'number' ? at : undefined,
})

/** Whether the policy, or that rule of it, surely had a say over a host. */
const speaks = (finding: Finding, world: CompiledWorld, flow: PeerFlow, isHost = true): boolean => {
  const place = placeOf(finding)
  return world
    .verdict(flow)
    .reasons.some(
      ({ policy: name, direction, rule: at, host }) =>
        name === place.policy &&
        (place.direction === undefined || direction === place.direction) &&
        (place.rule === undefined || at === place.rule) &&
        (host !== undefined) === isHost,
    )
}

/** Of flows from or to a node. */
const ofNode = flows.filter(({ from, to }) => `${from}${to}`.includes('node:'))

const silent: Law = (finding, world) => {
  for (const flow of ofNode) assert.not(speaks(finding, world, flow), JSON.stringify([finding, flow]))
}

let shown = 0

/** Of the nodes all of whose endpoints the policy selects. */
const denied =
  (flowsOf: (node: string, finding: Finding) => ReadonlyArray<PeerFlow>): Law =>
  (finding, world, resources) => {
    const selected = world.peersOfPolicy(finding.resource)?.hostEndpoints ?? []
    const endpoints = resources.filter((it) => it.kind === 'HostEndpoint')
    for (const node of new Set(endpoints.map(({ spec }) => spec.node ?? ''))) {
      const all = endpoints.filter(({ spec }) => spec.node === node)
      if (!all.every(({ metadata }) => selected.includes(`HostEndpoint(${metadata.name})`))) continue
      for (const flow of flowsOf(node, finding)) {
        const { decision } = world.verdict(flow)
        if (decision === 'denied') shown++
        assert.is.not(decision, 'allowed', JSON.stringify([finding, flow, resources]))
      }
    }
  }

const kept: Partial<Record<LintRuleName, Law>> = {
  'failsafe-shadows': silent,
  'untracked-on-all-interfaces': silent,
  'host-policy-selects-pods': silent,
  'own-pods-not-asked': (finding, world) => {
    const isIngress = finding.path[1] === 'ingress'
    for (const [node, own] of [
      ['node:worker', 'shop/a'],
      ['node:cp', 'shop/b'],
    ] as const)
      for (const at of [22, 9099, 443]) {
        const [from, to] = isIngress ? [own, node] : [node, own]
        assert.not(speaks(finding, world, { ...tcp, from, to, port: at }), JSON.stringify(finding))
      }
  },
  'kubelet-cut-off': denied((node, { message }) =>
    message.startsWith('nobody')
      ? [{ ...tcp, from: '203.0.113.1', to: `node:${node}`, port: 10250 }]
      : node === 'cp'
        ? []
        : [{ ...tcp, from: 'node:cp', to: `node:${node}`, port: 10250 }],
  ),
  'api-server-cut-off': denied((node) => [{ ...tcp, from: `node:${node}`, to: '203.0.113.9', port: 443 }]),
  'node-port-open': (finding, world) => {
    const beforeDNAT = { ip: '192.168.0.2', port: 31080 }
    const flow = { ...tcp, from: '203.0.113.1', to: 'shop/a', port: 80, beforeDNAT }
    assert.not(speaks(finding, world, flow), JSON.stringify(finding))
  },
}

laws('holds for hosts what the verdicts say', () => {
  const counts = new Map<string, number>()
  fc.assert(
    fc.property(someResources, (resources) => {
      let world: CompiledWorld | undefined
      for (const finding of lint(resources, { world: around })) {
        const law = kept[finding.rule]
        if (law === undefined) continue
        counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1)
        world ??= orThrow(compile({ ...around, resources }))
        law(finding, world, resources)
      }
    }),
    { numRuns: 600 },
  )
  assert.ok(shown > 20, `${shown} denied`)
  for (const name of Object.keys(kept)) assert.ok((counts.get(name) ?? 0) > 5, `${name}: ${counts.get(name)}`)
})

laws.run()
