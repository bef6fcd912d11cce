import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ClusterResult, Counts } from '../run/fleet-report.js'

/** What a pod of a fleet's Job ends with. */
export const workExits = {
  done: 0,
  /** It may go better another time: the index is tried again. */
  failed: 1,
  /** It was never begun: the index is tried again, and that is no failure of it. */
  notBegun: 75,
  /** It will not, until a person has done something: the index is given up. */
  hopeless: 65,
} as const

/** What no further attempt mends. */
const hopeless: ReadonlySet<string> = new Set([
  'BadOption',
  'ConnectivityRefused',
  'Foreign',
  'Invalid',
  'Lockout',
  'MissingPermissions',
  'NoCalico',
  'NoKubeconfig',
  'VersionMismatch',
])

export const exitOf = (result: ClusterResult): number => {
  if (result.outcome === 'done' || result.outcome === 'skipped') return workExits.done
  if (!('failure' in result)) return workExits.failed
  const { _tag } = result.failure
  if (_tag === 'SecretsRewritten') return workExits.notBegun
  return hopeless.has(_tag) ? workExits.hopeless : workExits.failed
}

/** What a pod says at its end, in one line. Kubernetes keeps 4,096 bytes. */
export interface WorkEnd {
  readonly outcome: 'done' | 'failed'
  readonly counts: Counts
  readonly calico?: string
  readonly failure?: { readonly _tag: string; readonly message: string; readonly hint?: string }
  readonly elapsedMs: number
}

const Failed = t.intersection([t.type({ _tag: t.string, message: t.string }), t.partial({ hint: t.string })])

const WorkEnd = t.intersection([
  t.type({
    outcome: t.union([t.literal('done'), t.literal('failed')]),
    counts: t.record(t.string, t.number),
    elapsedMs: t.number,
  }),
  t.partial({ calico: t.string, failure: Failed }),
])

export const printWorkEnd = (result: ClusterResult): string => {
  const { counts, elapsedMs } = 'counts' in result ? result : { counts: {}, elapsedMs: 0 }
  const calico = 'calico' in result && result.calico !== undefined ? { calico: result.calico } : {}
  if (!('failure' in result)) return JSON.stringify({ outcome: 'done', counts, ...calico, elapsedMs })
  const { _tag, message, hint } = result.failure
  const failure = { _tag, message, ...(hint === undefined ? {} : { hint }) }
  return JSON.stringify({ outcome: 'failed', counts, failure, elapsedMs })
}

/** What a pod has said; undefined where it is something else: a pod that was killed says nothing. */
export const readWorkEnd = (text: string): WorkEnd | undefined => {
  try {
    const decoded = WorkEnd.decode(JSON.parse(text))
    return E.isRight(decoded) ? (decoded.right as WorkEnd) : undefined
  } catch {
    return undefined
  }
}
