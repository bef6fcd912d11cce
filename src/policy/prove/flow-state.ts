import type { Interval } from '../../net/interval.js'
import type { Endpoint } from '../world/flow.js'
import type { LabelDomain } from './label-domain.js'

type Spans<N extends number | bigint = number> = ReadonlyArray<Interval<N>>

/** An end of flows, as far as it is settled: a pod or an address that may be anybody's, or an endpoint of the world. */
export interface OpenEnd {
  readonly isPod: boolean
  /** One that is given, and nothing of it open. */
  readonly given?: { readonly name: string; readonly endpoint: Endpoint }
  /** What each label may be; of those that are not here, nothing is settled. */
  readonly labels: ReadonlyMap<string, LabelDomain>
  /** Whether there are labels of a service account. */
  readonly hasAccount: boolean | undefined
  readonly addresses: Spans<bigint>
  /** Whether the flow's port at this end has a name there. By name and protocol. */
  readonly ports: ReadonlyMap<string, boolean>
}

export type Side = 'from' | 'to'

/** All flows that are alike so far: what is settled of their ends and packets. */
export interface FlowState {
  readonly family: 4 | 6 | undefined
  readonly from: OpenEnd
  readonly to: OpenEnd
  readonly protocol: Spans
  readonly port: Spans
  readonly sourcePort: Spans
  readonly type: Spans
  readonly code: Spans
  /** What nobody has said, and was taken to be so, or not. */
  readonly assumed: ReadonlyMap<string, boolean>
}

export type NumberField = 'protocol' | 'port' | 'sourcePort' | 'type' | 'code'

const every = (from: number, until: number): Spans => [{ from, until }]

const all4: Spans<bigint> = [{ from: 0n, until: 1n << 32n }]
const all6: Spans<bigint> = [{ from: 1n << 128n, until: 1n << 129n }]

export const anyEnd = (isPod: boolean, family: 4 | 6): OpenEnd => ({
  isPod,
  labels: new Map(),
  hasAccount: isPod ? undefined : false,
  addresses: family === 4 ? all4 : all6,
  ports: new Map(),
})

export const anyFlow = (
  ends: { readonly from: OpenEnd; readonly to: OpenEnd },
  family: 4 | 6 | undefined,
): FlowState => ({
  family,
  ...ends,
  protocol: every(1, 256),
  port: every(1, 65536),
  sourcePort: every(1, 65536),
  type: every(0, 256),
  code: every(0, 256),
  assumed: new Map(),
})

/** The state with something of an end settled further. */
export const withEnd = (state: FlowState, side: Side, change: Partial<OpenEnd>): FlowState =>
  side === 'from'
    ? { ...state, from: { ...state.from, ...change } }
    : { ...state, to: { ...state.to, ...change } }
