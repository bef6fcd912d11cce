import { isPlain, type Plain } from '../../model/codec/json.js'
import type { Protocol } from '../../model/policy/protocol.js'
import { fields, flowOf, labelsOf, portOf, type ReadRecord, skipped, text } from './record.js'
import type { RecordedFlow, RecordedPeer } from './recorded-flow.js'

const protocols: Readonly<Record<string, Protocol>> = {
  TCP: 'TCP',
  UDP: 'UDP',
  SCTP: 'SCTP',
  ICMPv4: 'ICMP',
  ICMPv6: 'ICMPv6',
}

const peerOf = (endpoint: unknown, ip: unknown): RecordedPeer | undefined => {
  const field = fields(endpoint)
  const [namespace, name] = [text(field('namespace')), text(field('pod_name'))]
  if (namespace !== undefined && name !== undefined) {
    const [first] = Array.isArray(field('workloads')) ? (field('workloads') as ReadonlyArray<unknown>) : []
    const workload = text(isPlain(first) ? first.name : undefined)
    const labels = labelsOf(field('labels'))
    return { _tag: 'Pods', namespace, name, labels, ...(workload === undefined ? {} : { workload }) }
  }
  const address = text(ip)
  return address === undefined ? undefined : { _tag: 'Address', ip: address }
}

const denials = ['POLICY_DENIED', 'POLICY_DENY']

/** What Cilium's policies made of it: `other` where something else dropped it, or it was only seen. */
const verdictOf = (flow: (name: string) => unknown): RecordedFlow['verdict'] | 'other' => {
  switch (flow('verdict')) {
    case 'FORWARDED':
    case 'REDIRECTED':
      return 'allowed'
    case 'DROPPED':
      return denials.includes(String(flow('drop_reason_desc'))) ? 'denied' : 'other'
    case 'AUDIT':
      return undefined
    default:
      return 'other'
  }
}

const reporterOf = (direction: unknown): Pick<RecordedFlow, 'reporter'> =>
  direction === 'EGRESS' ? { reporter: 'source' } : direction === 'INGRESS' ? { reporter: 'destination' } : {}

const readFlow = (record: Plain): ReadRecord => {
  const flow = fields(record)
  if (flow('is_reply') === true || record.reply === true) return skipped('replies')
  if (record.Type !== undefined && record.Type !== 'L3_L4') return skipped('of HTTP, DNS or sockets')
  const verdict = verdictOf(flow)
  if (verdict === 'other') return skipped('not judged by policies')
  const ip = fields(record.IP)
  const [from, to] = [peerOf(record.source, ip('source')), peerOf(record.destination, ip('destination'))]
  if (from === undefined || to === undefined) return skipped('without an end')
  const l4: Plain = isPlain(record.l4) ? record.l4 : {}
  const name = Object.keys(protocols).find((it) => it in l4)
  const protocol = name === undefined ? undefined : protocols[name]
  if (name === undefined || protocol === undefined) return skipped('without a protocol')
  const service = fields(flow('destination_service'))
  const [inside, named] = [text(service('namespace')), text(service('name'))]
  return flowOf({
    from,
    to,
    protocol,
    ...portOf(fields(l4[name])('destination_port')),
    ...(inside === undefined || named === undefined ? {} : { service: `${inside}/${named}` }),
    ...(verdict === undefined ? {} : { verdict }),
    ...reporterOf(flow('traffic_direction')),
    count: 1,
  })
}

/**
 * A flow as `hubble observe -o jsonpb` writes it; `undefined` for what is none.
 *
 * **Source**: Cilium's `api/v1/flow/flow.proto`.
 */
export const hubbleFlow = (record: unknown): ReadRecord | undefined => {
  if (!isPlain(record)) return undefined
  if (isPlain(record.lost_events) || isPlain(record.lostEvents)) return skipped('notes of lost events')
  if (isPlain(record.node_status) || isPlain(record.nodeStatus)) return skipped('notes of nodes')
  const inner = isPlain(record.flow) ? record.flow : record
  return isPlain(inner.IP) && 'verdict' in inner ? readFlow(inner) : undefined
}
