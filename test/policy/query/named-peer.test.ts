import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Invalid } from '../../../src/error.js'
import { orThrow } from '../../../src/error.js'
import { hostEndpoint, networkPolicy } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import type { Peer, PeerFlow } from '../../../src/policy/compiled-world.js'

const peers = suite('a peer that is asked about')

const world = orThrow(
  compile({
    resources: [
      networkPolicy('api', 'shop').denyIngress(),
      hostEndpoint('n1-eth0', 'n1').interfaceName('eth0'),
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
    ],
    pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }],
  }),
)
const flow = { to: 'shop/web', protocol: 'TCP', port: 80 } as const

const general =
  'name a pod or a workload as shop/web, a node as node:NAME, or an address; for a service, name a pod behind it'

const hintOf = (peer: unknown): string | undefined => {
  try {
    world.policiesOf(peer as Peer)
    return undefined
  } catch (error) {
    const { _tag, issues } = error as Invalid
    assert.equal([_tag, issues[0].rule], ['Invalid', 'no-such-peer'])
    return issues[0].hint
  }
}

for (const [text, hint] of [
  ['nope', general],
  ['web', 'did you mean shop/web?'],
  ['shop/wob', 'did you mean shop/web?'],
  ['node:n2', 'did you mean node:n1?'],
  ['HostEndpoint(n1-eth1)', 'did you mean HostEndpoint(n1-eth0)?'],
  [undefined, general],
  [{}, general],
  [5, general],
  [[], general],
] as const)
  peers(`is not ${JSON.stringify(text)}`, () => assert.is(hintOf(text), hint))

peers('may be a pod, a node, a host endpoint, an address, or one that is described', () => {
  for (const peer of ['shop/web', 'node:n1', 'HostEndpoint(n1-eth0)', '192.0.2.1'])
    assert.is(hintOf(peer), undefined, peer)
  assert.is(hintOf({ _tag: 'Workload', namespace: 'bank', name: 'ledger' }), undefined)
})

peers('that is not there has no exposure', () => {
  const exposure = world.exposure('shop/wob')
  assert.is(exposure._tag === 'Left' && exposure.left.issues[0].hint, 'did you mean shop/web?')
})

peers('that is no end at all is not known, and no pod of any labels', () => {
  for (const from of [undefined, null, 5, {}, { _tag: 'Workload' }, { _tag: 'Pod', namespace: 'shop' }]) {
    const { decision, missing = [] } = world.verdict({ ...flow, from } as unknown as PeerFlow)
    assert.is(decision, 'unknown')
    assert.match(missing.join(), 'neither a pod of the world nor an address')
  }
})

peers.run()
