import { isPlain } from '../../model/codec/json.js'
import { protocolOf } from '../../model/policy/protocol.js'
import { fields, flowOf, labelsOf, portOf, type ReadRecord, skipped, text, wrong } from './record.js'
import type { RecordedFlow, RecordedPeer } from './recorded-flow.js'

/** Calico says `-` for none, and Whisker `Global`. */
const namespaceOf = (value: unknown): string | undefined => {
  const namespace = text(value)
  return namespace === '-' || namespace === 'Global' ? undefined : namespace
}

const anywhere: Readonly<Record<string, 'public' | 'private'>> = {
  pub: 'public',
  pvt: 'private',
  'PUBLIC NETWORK': 'public',
  'PRIVATE NETWORK': 'private',
}

/** Whisker joins labels to one text. */
const labels = (value: unknown): Readonly<Record<string, string>> =>
  labelsOf(typeof value === 'string' ? value.split(' | ') : value)

interface Recorded {
  readonly name: unknown
  readonly namespace: unknown
  /** Whisker leaves it out. */
  readonly type: unknown
  readonly labels: unknown
}

const isType = (type: unknown, number: number, name: string): boolean => type === number || type === name

const peerOf = ({ name, namespace, type, labels: those }: Recorded): RecordedPeer | undefined => {
  const [named, inside] = [text(name), namespaceOf(namespace)]
  if (named === undefined) return undefined
  const of = anywhere[named]
  if (of !== undefined && inside === undefined) return { _tag: 'Anywhere', of }
  if (isType(type, 2, 'HostEndpoint')) return { _tag: 'Host', name: named }
  const isSet = isType(type, 3, 'NetworkSet') || inside === undefined
  if (isSet)
    return { _tag: 'NetworkSet', name: named, ...(inside === undefined ? {} : { namespace: inside }) }
  return { _tag: 'Pods', namespace: inside, name: named, labels: labels(those) }
}

const verdicts: Readonly<Record<string, 'allowed' | 'denied'>> = {
  1: 'allowed',
  Allow: 'allowed',
  2: 'denied',
  Deny: 'denied',
}

const reporters: Readonly<Record<string, 'source' | 'destination'>> = {
  1: 'source',
  Src: 'source',
  2: 'destination',
  Dst: 'destination',
}

const hint =
  'each record has the names, namespaces, proto, reporter and action of a flow, as Goldmane and Whisker write them'

type Field = (name: string) => unknown

const read = (key: Field, flow: Field, protocolText: unknown): ReadRecord => {
  const from = peerOf({
    name: key('source_name'),
    namespace: key('source_namespace'),
    type: key('source_type'),
    labels: flow('source_labels'),
  })
  const to = peerOf({
    name: key('dest_name'),
    namespace: key('dest_namespace'),
    type: key('dest_type'),
    labels: flow('dest_labels'),
  })
  if (from === undefined || to === undefined) return wrong('a flow without the name of an end', hint)
  const name = text(protocolText)
  const protocol = name === undefined ? undefined : protocolOf(name === 'icmp6' ? 'ICMPv6' : name)
  if (protocol === undefined) return wrong(`a flow of the protocol ${JSON.stringify(name)}`, hint)
  const verdict = verdicts[String(key('action'))]
  const reporter = reporters[String(key('reporter'))]
  if (verdict === undefined || reporter === undefined) return skipped('without an action')
  const [service, inside] = [text(key('dest_service_name')), namespaceOf(key('dest_service_namespace'))]
  const recorded: RecordedFlow = {
    from,
    to,
    protocol,
    ...portOf(key('dest_port')),
    ...(service === undefined || service === '-' || inside === undefined
      ? {}
      : { service: `${inside}/${service}` }),
    verdict,
    reporter,
    count: 1,
  }
  return flowOf(recorded)
}

/**
 * A flow of Goldmane, as its emitter and its API write it, or of a stream of them; `undefined` for what is none.
 *
 * **Source**: `goldmane/proto/api.proto`; `goldmane/pkg/emitter/emitter.go`.
 */
export const goldmaneFlow = (record: unknown): ReadRecord | undefined => {
  const inner = isPlain(record) && isPlain(record.flow) ? record.flow : record
  const key = isPlain(inner) ? (inner.Key ?? inner.key) : undefined
  if (!isPlain(key)) return undefined
  const field = fields(key)
  return read(field, fields(inner), field('proto'))
}

/**
 * A flow of Whisker's API; `undefined` for what is none.
 *
 * **Source**: `whisker-backend/pkg/apis/v1/flows.go`.
 */
export const whiskerFlow = (record: unknown): ReadRecord | undefined => {
  if (!isPlain(record) || !('source_name' in record) || !('dest_name' in record)) return undefined
  const field = fields(record)
  return read(field, field, field('protocol'))
}
