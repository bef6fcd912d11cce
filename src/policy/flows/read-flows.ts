import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid } from '../../error.js'
import { describeGiven } from '../../model/codec/issue.js'
import { isPlain } from '../../model/codec/json.js'
import { goldmaneFlow, whiskerFlow } from './calico-log.js'
import { hubbleFlow } from './hubble-log.js'
import { type ReadRecord, wrong } from './record.js'
import { type RecordedFlow, tally } from './recorded-flow.js'
import { isVpcLine, vpcReader } from './vpc-log.js'

/** The formats of flow logs that `readFlows` knows. */
export type FlowFormat = 'goldmane' | 'whisker' | 'hubble' | 'vpc'

/** A flow log, read. */
export interface FlowLog {
  readonly format: FlowFormat
  /** Those that are alike are one; most frequent first. */
  readonly flows: ReadonlyArray<RecordedFlow>
  /** Records that hold no flow to ask about, counted by why: replies, and the like. */
  readonly skipped: Readonly<Record<string, number>>
}

const formats = {
  goldmane: goldmaneFlow,
  whisker: whiskerFlow,
  hubble: hubbleFlow,
} as const

const readable =
  'the known ones are those of Goldmane and Whisker (Calico 3.30 and later), Hubble (`hubble observe -o jsonpb`) and AWS VPC (version 2)'

/** Logs that people may take for one of ours. */
const strangers: ReadonlyArray<readonly [RegExp, string]> = [
  [/"source_name_aggr"/, 'a flow log of Calico Enterprise'],
  [/"(sourcePodName|destinationPodName)"/, 'a flow log of Antrea'],
  [/"(upstream_cluster|response_flags|requested_server_name)"/, 'an access log of Envoy or Istio'],
  [/"jsonPayload"/, 'a flow log of Google Cloud'],
  [/"flowTuples"/, 'a flow log of Azure'],
  [/calico-packet|\bIN=\S* OUT=/, "a kernel's log of packets, which has no verdict and no names"],
  [/ IP6? \S+ > \S+: /, 'the output of tcpdump'],
  [/\bverdict=|-> \S+ .*(FORWARDED|DROPPED)/, 'Hubble in its compact form: run it with -o jsonpb'],
  [/^- Time=.* Reporter=/, 'the text of calico-node -flows'],
]

const unreadable = (line: string): ReadRecord => {
  const known = strangers.find(([pattern]) => pattern.test(line))
  if (known !== undefined) return wrong(`this is ${known[1]}`, readable)
  if (/^[{[]/.test(line) && parse(line) === undefined)
    return wrong('this line is not JSON: it may be cut off', 'remove the line, or record the log again')
  return wrong('this is not a flow log in a known format', readable)
}

const issueAt = (line: number, { message, hint }: { message: string; hint: string }): Issue => ({
  rule: 'not-a-flow-log',
  path: [],
  message,
  hint,
  at: { line, column: 1 },
})

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** The records of a line of JSON: one, or those of a list. A stream of events has them after `data:`. */
const recordsOf = (line: string): ReadonlyArray<unknown> | undefined => {
  const value = parse(line.startsWith('data:') ? line.slice(5) : line)
  if (Array.isArray(value)) return value
  if (isPlain(value)) return Array.isArray(value.items) ? value.items : [value]
  return undefined
}

class LogReader {
  readonly flows: Array<RecordedFlow> = []
  readonly skipped: Record<string, number> = {}
  format: FlowFormat | undefined
  readonly vpc = vpcReader()

  /** What is wrong with the line, if anything. */
  line(text: string): ReadRecord | undefined {
    if (this.format === 'vpc' || (this.format === undefined && isVpcLine(text))) {
      this.format = 'vpc'
      return this.take(this.vpc(text))
    }
    if (this.format === undefined && strangers.some(([pattern]) => pattern.test(text)))
      return unreadable(text)
    const records = recordsOf(text)
    if (records === undefined) return unreadable(text)
    for (const record of records) {
      const fault = this.take(this.record(record, text))
      if (fault !== undefined) return fault
    }
    return undefined
  }

  private record(record: unknown, text: string): ReadRecord {
    const names = this.format === undefined ? (['goldmane', 'whisker', 'hubble'] as const) : [this.format]
    for (const name of names) {
      const read = name === 'vpc' ? undefined : formats[name](record)
      if (read === undefined) continue
      this.format = name
      return read
    }
    return unreadable(text)
  }

  private take(read: ReadRecord): ReadRecord | undefined {
    if (read._tag === 'Flow') this.flows.push(read.flow)
    else if (read._tag === 'Skipped') this.skipped[read.why] = (this.skipped[read.why] ?? 0) + 1
    else return read
    // A long log has few flows that differ: what is alike is counted, and not kept.
    if (this.flows.length >= 100_000) {
      const fewer = tally(this.flows)
      this.flows.length = 0
      this.flows.push(...fewer)
    }
    return undefined
  }
}

const isLines = (log: unknown): boolean => typeof log === 'string' || Symbol.iterator in Object(log)

const notText = (line: number, value: unknown): Issue => ({
  rule: 'not-a-flow-log',
  path: [],
  message: `expected the text of a flow log, or its lines, got ${describeGiven(value)}`,
  hint: 'read the file as text first: a Buffer has a toString, and records that are parsed a JSON.stringify',
  ...(line === 0 ? {} : { at: { line, column: 1 } }),
})

const isNoise = (line: string): boolean => line === '' || line.startsWith(':') || line.startsWith('event:')

/**
 * A flow log of Goldmane or Whisker (Calico 3.30 and later), of Hubble (`-o jsonpb`) or of AWS VPC (version 2), found out by
 * its first record. A text, or its lines as they come: then no more is kept than the flows that differ.
 *
 * **Errors**: `Invalid` (`not-a-flow-log`) with the line: a log of another tool, or a record that cannot be read.
 *
 * @example
 * const line = '2 123456789012 eni-1 10.0.0.1 10.0.0.2 40000 443 6 1 60 1 2 ACCEPT OK'
 * orThrow(readFlows(line)).flows
 * // => [{ from: { _tag: 'Address', ip: '10.0.0.1' }, to: { _tag: 'Address', ip: '10.0.0.2' }, protocol: 'TCP', port: 443, count: 1 }]
 */
export const readFlows = (log: string | Iterable<string>): E.Either<Invalid, FlowLog> => {
  const reader = new LogReader()
  let at = 0
  if (!isLines(log)) return E.left(invalid([notText(at, log)]))
  for (const text of typeof log === 'string' ? linesOf(log) : log) {
    at++
    if (typeof text !== 'string') return E.left(invalid([notText(at, text)]))
    const line = text.trim()
    if (isNoise(line)) continue
    const fault = reader.line(line)
    if (fault?._tag === 'Wrong') return E.left(invalid([issueAt(at, fault)]))
  }
  const { format, flows, skipped } = reader
  if (format === undefined)
    return E.left(invalid([issueAt(1, { message: 'the flow log is empty', hint: readable })]))
  return E.right({ format, flows: tally(flows), skipped })
}

/** A document over several lines is one record, or a list of them. */
const linesOf = (log: string): Iterable<string> =>
  /^\s*[[{]\s*\n/.test(log) && parse(log) !== undefined ? [JSON.stringify(parse(log))] : log.split('\n')
