import type { BGPPeerSpec } from '../../model/bgp-peer.js'
import { family, parseAddress } from '../../net/ip-address.js'
import { validator } from '../engine/calico-source.js'
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
import { ipAddress } from '../value/ip-address.js'
import { reference } from '../value/reference.js'
import { anySelector } from '../value/selector.js'
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
    what: 'The address of a peer is none, or its port is not from 1 to 65535.',
    remedy: 'write 10.0.0.1, 10.0.0.1:179, fd00::1 or [fd00::1]:179',
    source: validator('processIPPort'),
  },
  (text) => {
    const address = addressOf(text)
    return address !== undefined && parseAddress(address) !== undefined
  },
  'no address of a peer',
)

type Key = keyof BGPPeerSpec & string

const isGiven = (value: unknown): boolean => value !== undefined && value !== '' && value !== 0

const excludes = (key: Key, others: ReadonlyArray<Key>, info: CheckRule): Constraint<BGPPeerSpec> =>
  rule(info, (spec) =>
    isGiven(spec[key])
      ? others
          .filter((other) => isGiven(spec[other]))
          .map((other) => ({ at: [other], message: `${other} cannot stand beside ${key}` }))
      : none,
  )

const localNode = excludes('nodeSelector', ['node'], {
  name: 'peer-one-node',
  what: 'A peering has both node and nodeSelector.',
  remedy: 'leave one of them out',
  source,
})

const remoteNode = excludes('peerSelector', ['peerIP', 'asNumber'], {
  name: 'peer-selector-exclusive',
  what: 'A peering has a peerSelector beside peerIP or asNumber.',
  remedy: 'leave them out: the selected nodes have their own',
  source,
})

const localWorkload = excludes('localWorkloadSelector', ['peerIP', 'peerSelector'], {
  name: 'peer-workload-exclusive',
  what: 'A peering with workloads has a peerIP or a peerSelector.',
  remedy: 'leave them out: the peers are the selected workloads',
  source,
  since: '3.30',
})

const workloadAS: Constraint<BGPPeerSpec> = rule(
  {
    name: 'peer-workload-as-number',
    what: 'A peering with workloads has no asNumber.',
    remedy: 'give the AS number of the workloads',
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
    what: 'A peering has both keepOriginalNextHop and nextHopMode.',
    remedy: 'leave keepOriginalNextHop out: nextHopMode says it',
    source,
    since: '3.30',
  },
  ({ keepOriginalNextHop, nextHopMode }) =>
    unless(!(keepOriginalNextHop === true && nextHopMode !== undefined), () => ({
      at: ['keepOriginalNextHop'],
      message: 'keepOriginalNextHop beside nextHopMode',
    })),
)

const reachable: Constraint<BGPPeerSpec> = rule(
  {
    name: 'peer-reachable-by',
    what: 'The gateway to a peer is given without the peer, or is of another family.',
    remedy: 'give peerIP and reachableBy of one family, or leave reachableBy out',
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

export const bgpPeerSpec: Constraint<BGPPeerSpec> = all(
  fields<BGPPeerSpec>({
    node: unlessEmpty(reference('node')),
    nodeSelector: unlessEmpty(anySelector),
    peerIP: unlessEmpty(peerAddress),
    peerSelector: unlessEmpty(anySelector),
    localWorkloadSelector: unlessEmpty(anySelector),
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
