import type { BGPPeerSpec } from '../../model/bgp/bgp-peer.js'
import { family, parseAddress } from '../../net/ip-address.js'
import { api, validator } from '../engine/calico-source.js'
import {
  all,
  type CheckRule,
  type Constraint,
  each,
  fields,
  none,
  rule,
  unless,
} from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { int32 } from '../value/int32.js'
import { ipAddress } from '../value/ip-address.js'
import { reference } from '../value/reference.js'
import { anySelector, selectorUpTo } from '../value/selector.js'
import { form, unlessEmpty } from '../value/text-number-list.js'

const source = validator('validateBGPPeerSpec')

/** The address of `10.0.0.1`, `10.0.0.1:179`, `fd00::1` or `[fd00::1]:179`. */
const addressOf = (peer: string): string | undefined => {
  const found = /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(peer) ?? /^\[([0-9a-fA-F:.]+)\]:(\d+)$/.exec(peer)
  if (found === null) return peer
  const port = Number(found[2])
  return port >= 1 && port <= 65_535 ? found[1] : undefined
}

const peerAddress: Constraint<string> = form(
  {
    name: 'peer-ip',
    what: "A peer's address is not valid, or its port is outside 1 to 65535.",
    remedy: 'write 10.0.0.1, 10.0.0.1:179, fd00::1 or [fd00::1]:179',
    source: validator('processIPPort'),
  },
  (text) => {
    const address = addressOf(text)
    return address !== undefined && parseAddress(address) !== undefined
  },
  'not a valid peer address',
)

type Key = keyof BGPPeerSpec & string

const isGiven = (value: unknown): boolean => value !== undefined && value !== '' && value !== 0

const excludes = (key: Key, others: ReadonlyArray<Key>, info: CheckRule): Constraint<BGPPeerSpec> =>
  rule(info, (spec) =>
    isGiven(spec[key])
      ? others
          .filter((other) => isGiven(spec[other]))
          .map((other) => ({ at: [other], message: `${other} cannot be combined with ${key}` }))
      : none,
  )

const localNode = excludes('nodeSelector', ['node'], {
  name: 'peer-one-node',
  what: 'A BGPPeer sets both node and nodeSelector.',
  remedy: 'remove one of them',
  source,
})

const remoteNode = excludes('peerSelector', ['peerIP', 'asNumber'], {
  name: 'peer-selector-exclusive',
  what: 'A BGPPeer sets peerSelector together with peerIP or asNumber.',
  remedy: 'remove them: the selected nodes have their own',
  source,
})

const localWorkload = excludes('localWorkloadSelector', ['peerIP', 'peerSelector'], {
  name: 'peer-workload-exclusive',
  what: 'A BGPPeer sets localWorkloadSelector together with peerIP or peerSelector.',
  remedy: 'remove them: the selected workloads are the peers',
  source,
  since: '3.30',
})

const workloadAS: Constraint<BGPPeerSpec> = rule(
  {
    name: 'peer-workload-as-number',
    what: 'A BGPPeer sets localWorkloadSelector without asNumber.',
    remedy: 'set the AS number of the workloads',
    source,
    since: '3.30',
  },
  ({ localWorkloadSelector, asNumber }) =>
    unless(!isGiven(localWorkloadSelector) || isGiven(asNumber), () => ({
      at: ['asNumber'],
      message: 'localWorkloadSelector without asNumber',
    })),
)

const oneNextHop: Constraint<BGPPeerSpec> = rule(
  {
    name: 'peer-next-hop',
    what: 'A BGPPeer sets both keepOriginalNextHop and nextHopMode.',
    remedy: 'remove keepOriginalNextHop: nextHopMode replaces it',
    source,
    since: '3.30',
  },
  ({ keepOriginalNextHop, nextHopMode }) =>
    unless(!(keepOriginalNextHop === true && nextHopMode !== undefined), () => ({
      at: ['keepOriginalNextHop'],
      message: 'keepOriginalNextHop cannot be combined with nextHopMode',
    })),
)

const reachable: Constraint<BGPPeerSpec> = rule(
  {
    name: 'peer-reachable-by',
    what: 'reachableBy is set without peerIP, or its address is of the other family.',
    remedy: 'set peerIP and reachableBy to addresses of one family, or remove reachableBy',
    source: validator('validateReachableBy'),
  },
  ({ peerIP = '', reachableBy = '' }) => {
    if (reachableBy === '') return none
    if (peerIP === '') return [{ at: ['reachableBy'], message: 'reachableBy without peerIP' }]
    const [gateway, peer] = [parseAddress(reachableBy), parseAddress(addressOf(peerIP) ?? '')]
    if (gateway === undefined || peer === undefined) return none
    return unless(family(gateway) === family(peer), () => ({
      at: ['reachableBy'],
      message: `${quoted(reachableBy)} is IPv${family(gateway)}, but the peer is IPv${family(peer)}`,
    }))
  },
)

/** Longer ones than elsewhere, for one release. */
const peerSelector: Constraint<string> = all(
  anySelector,
  selectorUpTo(4096, { source: api('bgppeer.go, BGPPeerSpec'), since: '3.32', until: '3.33' }),
)

export const bgpPeerSpec: Constraint<BGPPeerSpec> = all(
  fields<BGPPeerSpec>({
    node: unlessEmpty(reference('node')),
    nodeSelector: unlessEmpty(peerSelector),
    peerIP: unlessEmpty(peerAddress),
    asNumber: int32,
    localASNumber: int32,
    peerSelector: unlessEmpty(peerSelector),
    localWorkloadSelector: unlessEmpty(peerSelector),
    reachableBy: unlessEmpty(ipAddress),
    filters: each(reference('filter')),
  }),
  localNode,
  remoteNode,
  localWorkload,
  workloadAS,
  oneNextHop,
  reachable,
)
