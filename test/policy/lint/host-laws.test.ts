import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow, type Resource } from '../../../src/index.js'
import { type CompiledWorld, compile, type PeerFlow } from '../../../src/policy/index.js'
import { type Finding, lint } from '../../../src/policy/lint/lint.js'
import type { LintRuleName } from '../../../src/policy/lint/rule.js'
import { around, flows, someHostResources, tcp } from './random-hosts.js'

const laws = suite('what lint claims of hosts, by the verdicts of random flows')

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
  (flowsOf: (node: string, finding: Finding, hasAll: boolean) => ReadonlyArray<PeerFlow>): Law =>
  (finding, world, resources) => {
    const selected = world.peersOfPolicy(finding.resource)?.hostEndpoints ?? []
    const endpoints = resources.filter((it) => it.kind === 'HostEndpoint')
    for (const node of new Set(endpoints.map(({ spec }) => spec.node ?? ''))) {
      const all = endpoints.filter(({ spec }) => spec.node === node)
      if (!all.every(({ metadata }) => selected.includes(`HostEndpoint(${metadata.name})`))) continue
      const hasAll = all.some(({ spec }) => spec.interfaceName === '*')
      for (const flow of flowsOf(node, finding, hasAll)) {
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
  'loopback-cut-off': denied((node, _, hasAll) =>
    hasAll ? [{ ...tcp, from: `node:${node}/lo`, to: `node:${node}/lo`, port: 9099 }] : [],
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
    fc.property(someHostResources, (resources) => {
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
