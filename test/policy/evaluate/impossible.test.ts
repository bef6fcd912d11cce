import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../../src/build/global-network-policy.js'
import { orThrow } from '../../../src/error.js'
import { compile } from '../../../src/policy/compile.js'
import type { PeerFlow } from '../../../src/policy/compiled-world.js'
import { verdict } from '../../../src/policy/evaluate/verdict.js'

const impossibles = suite('a flow that no packet can be of')

const web = { _tag: 'Workload', namespace: 'shop', name: 'web', ip: '10.0.0.1' } as const
const deny = globalNetworkPolicy('none').denyEgress({})
const worlds = [[], [deny]].map((resources) => orThrow(compile({ resources, pods: [web] })))
const out = { from: 'shop/web', to: '192.0.2.1', protocol: 'TCP', port: 80 } as const

const wrongs: ReadonlyArray<readonly [string, object, RegExp]> = [
  ['a protocol that is none', { protocol: 'TPC' }, /^the protocol/],
  ['no protocol', { protocol: undefined }, /^the protocol/],
  ['a protocol beyond 255', { protocol: 256 }, /^the protocol/],
  ['a port beyond 65535', { port: 70_000 }, /^the port, 0 to 65535: 70000/],
  ['a port that is no whole number', { port: 80.5 }, /^the port/],
  ['a source port below 0', { sourcePort: -1 }, /^the source port, 0 to 65535: -1/],
]

for (const [name, wrong, words] of wrongs)
  impossibles(`${name} is unknown, with what to give`, () => {
    for (const world of worlds) {
      const { decision, missing = [] } = world.verdict({ ...out, ...wrong } as PeerFlow)
      assert.is(decision, 'unknown')
      assert.match(missing.join(), words)
      assert.is(world.explain({ ...out, ...wrong } as PeerFlow).decision, 'unknown')
    }
  })

const both = { _tag: 'Workload', namespace: 'shop', name: 'both', ips: ['10.0.0.2', '2001:db8::2'] } as const
const six = { _tag: 'Workload', namespace: 'shop', name: 'six', ip: '2001:db8::3' } as const
const unnamed = { _tag: 'Workload', namespace: 'shop', name: 'somewhere' } as const

impossibles('between IPv4 and IPv6 is unknown, with what to give', () => {
  for (const resources of [[], [deny]]) {
    const world = orThrow(compile({ resources, pods: [web, both, six, unnamed] }))
    const asked = (from: string, to: string) => world.verdict({ from, to, protocol: 'TCP', port: 80 })
    for (const [from, to] of [
      ['shop/web', '2001:db8::1'],
      ['shop/six', 'shop/web'],
      ['192.0.2.1', '2001:db8::1'],
    ] as const) {
      const { decision, missing = [] } = asked(from, to)
      assert.is(decision, 'unknown')
      assert.match(missing.join(), 'no packet goes between IPv4 and IPv6')
    }
    const answer = resources.length === 0 ? 'allowed' : 'denied'
    for (const to of ['2001:db8::1', '192.0.2.1', 'shop/web', 'shop/six', 'shop/somewhere'])
      assert.is(asked('shop/both', to).decision, answer)
    assert.is(asked('shop/somewhere', 'shop/six').decision, answer)
  }
})

impossibles('the short form says the same', () => {
  const flow = { from: web, to: { _tag: 'Address', ip: '192.0.2.1' }, protocol: 'TCP', port: 70_000 } as const
  assert.is(verdict([deny], flow).decision, 'unknown')
})

impossibles('a flow without a port is judged', () => {
  const { port, ...flow } = out
  assert.equal([port, ...worlds.map((it) => it.verdict(flow).decision)], [80, 'allowed', 'denied'])
})

impossibles.run()
