import type { PeerAt, ResolvedPeer } from '../compile/peer-resolver.js'
import { labelsOfWorkload } from '../world/known-labels.js'
import type { OpenAsk } from './chain.js'
import { type Ends, packetHolds, type Sent } from './packet-holds.js'

const nameOf = ({ endpoint }: ResolvedPeer): string =>
  endpoint._tag === 'Address'
    ? endpoint.ip
    : (endpoint.name ?? (endpoint._tag === 'Workload' ? `a pod of ${endpoint.namespace}` : ''))

/** What would settle whether an end is one that a rule means. */
const ofEnd = (
  ask: OpenAsk,
  end: ResolvedPeer,
  { peer }: PeerAt,
  side: 'source' | 'destination',
): ReadonlyArray<string> => {
  const rule = ask.ask.rule?.rule[side]
  if (rule === undefined) return []
  const isAddressAsked = rule.nets?.length || rule.notNets?.length || rule.services || peer.perhaps.length > 0
  const service = rule.services
  return [
    ...(!peer.hasAddress && isAddressAsked ? [`the address of ${nameOf(end)}`] : []),
    ...(service === undefined
      ? []
      : [`the EndpointSlices of the service ${service.namespace ?? ''}/${service.name ?? ''}`]),
  ]
}

const ofLabels = ({ endpoint }: ResolvedPeer): ReadonlyArray<string> =>
  endpoint._tag === 'Workload' ? (labelsOfWorkload(endpoint).open?.missing ?? []) : []

const ofPacket = ({ ask }: OpenAsk, sent: Sent, ends: Ends): ReadonlyArray<string> => {
  const test = ask.rule?.packet
  if (test === undefined || packetHolds(test, sent, ends) !== 1) return []
  const named = [test.destination, test.notDestination].some((it) => (it?.named.length ?? 0) > 0)
  return [
    ...((test.destination || test.notDestination) && sent.port === undefined ? ['the port'] : []),
    ...(named && sent.port !== undefined ? ['the named ports of the destination'] : []),
    ...(test.source || test.notSource ? ['the source port'] : []),
    ...((test.icmp || test.notICMP) && sent.icmp === undefined ? ['the type and code of ICMP'] : []),
    ...(test.http && ends.facts.hasApplicationLayer ? ['what HTTP is spoken'] : []),
  ]
}

/** What is not given, and would settle what the uncertain asks leave open. */
export const missingFor = (
  asks: ReadonlyArray<OpenAsk>,
  { from, to }: { readonly from: ResolvedPeer; readonly to: ResolvedPeer },
  at: { readonly from: PeerAt; readonly to: PeerAt },
  packet: { readonly sent: Sent; readonly ends: Ends },
): ReadonlyArray<string> => {
  const uncertain = asks.filter(({ ask, match }) => {
    const holds = ask.rule === undefined ? match : packetHolds(ask.rule.packet, packet.sent, packet.ends)
    return match !== 0 && holds !== 0 && (match === 1 || holds === 1)
  })
  const found = uncertain.flatMap((it) => [
    ...ofEnd(it, from, at.from, 'source'),
    ...ofEnd(it, to, at.to, 'destination'),
    ...(it.match === 1 ? [...ofLabels(from), ...ofLabels(to)] : []),
    ...ofPacket(it, packet.sent, packet.ends),
  ])
  return [...new Set(found)]
}
