import { type CompiledWorld, insideOf } from '../compiled-world.js'
import type { Decision, Reason } from '../evaluate/reason.js'
import { type JudgedFlow, judgeIn } from './judge-flow.js'
import { printFlow, type RecordedFlow, tally } from './recorded-flow.js'

/** A flow of a log, and what becomes of it. */
export interface ReplayedFlow {
  readonly flow: RecordedFlow
  readonly before: Decision
  readonly after: Decision
  /** What decides after the change; absent where no policy is asked. */
  readonly by?: Reason
  /** Where it is not known: what to give. */
  readonly missing: ReadonlyArray<string>
}

/** A flow log, replayed. Lists have the most frequent first; counts are of records. */
export interface Replay {
  readonly records: number
  /** Of which neither end is a pod or a node of the world: no policy is asked about them. */
  readonly notAsked: number
  /** Whose recorded verdict is other than that of the world before: either the world, or what is said here, is wrong. */
  readonly differ: ReadonlyArray<ReplayedFlow>
  /** Whose fate changes. */
  readonly changes: ReadonlyArray<ReplayedFlow>
  /** Of which nobody can say, after the change, what becomes of them. */
  readonly unknown: ReadonlyArray<ReplayedFlow>
  /** Records by their fate after the change. */
  readonly after: Readonly<Record<Decision, number>>
}

const isOtherwise = ({ verdict }: RecordedFlow, { atReporter }: JudgedFlow): boolean =>
  verdict !== undefined && atReporter !== 'unknown' && atReporter !== verdict

/**
 * Which flows of a log fare otherwise after a change of policies, by count; without `after`, how they fare. Pods are found by
 * name, by the beginning that they share, or by their workload; where the log keeps an address to itself, the answer holds for
 * all that it may be, or is `unknown`.
 *
 * @example
 * const pods = ['web', 'api'].map((name) => ({ _tag: 'Workload', namespace: 'shop', name }))
 * const before = orThrow(compile({ pods }))
 * const after = orThrow(before.with({ put: [networkPolicy('none', 'shop').denyIngress()] }))
 * const end = (name: string) => ({ _tag: 'Pods', namespace: 'shop', name }) as const
 * const flow = { from: end('web'), to: end('api'), protocol: 'TCP', port: 80, count: 3 } as const
 * replay([flow], before, after).after // => { allowed: 0, denied: 3, unknown: 0 }
 */
export const replay = (
  flows: Iterable<RecordedFlow>,
  before: CompiledWorld,
  after: CompiledWorld = before,
): Replay => {
  const judgeBefore = judgeIn(insideOf(before))
  const judgeAfter = after === before ? judgeBefore : judgeIn(insideOf(after))
  const counts = { allowed: 0, denied: 0, unknown: 0 }
  const lists = {
    differ: [] as Array<ReplayedFlow>,
    changes: [] as Array<ReplayedFlow>,
    unknown: [] as Array<ReplayedFlow>,
  }
  let [records, notAsked] = [0, 0]
  for (const flow of tally(flows)) {
    records += flow.count
    const was = judgeBefore(flow)
    if (!was.isAsked) {
      notAsked += flow.count
      continue
    }
    const is = after === before ? was : judgeAfter(flow)
    counts[is.decision] += flow.count
    const { by, missing } = is
    const replayed = { flow, before: was.decision, after: is.decision, ...(by ? { by } : {}), missing }
    if (isOtherwise(flow, was)) lists.differ.push({ ...replayed, ...(was.by ? { by: was.by } : {}) })
    if (was.decision !== is.decision) lists.changes.push(replayed)
    if (is.decision === 'unknown') lists.unknown.push(replayed)
  }
  return { records, notAsked, ...lists, after: counts }
}

const deciding = ({ by }: ReplayedFlow): string =>
  by === undefined
    ? ''
    : by.policy === undefined
      ? `, by the end of tier "${by.tier}"`
      : `, by ${by.policy}, ${by.direction.toLowerCase()} rule ${by.rule}`

const lines = (
  title: string,
  flows: ReadonlyArray<ReplayedFlow>,
  line: (it: ReplayedFlow) => string,
): ReadonlyArray<string> =>
  flows.length === 0 ? [] : [title, ...flows.map((it) => `  ${it.flow.count} × ${line(it)}`)]

const place = ({ reporter }: RecordedFlow): string => (reporter === undefined ? '' : ` at its ${reporter}`)

const records = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`

/**
 * A replay as text for people: what was recorded otherwise first, then what changes, then what nobody can say.
 *
 * @example
 * printReplay(replay([], orThrow(compile({})))) // => '0 records: 0 allowed, 0 denied, 0 not known'
 */
export const printReplay = ({ differ, changes, unknown, after, ...all }: Replay): string =>
  [
    ...lines(
      'Recorded differently from what the policies say: the world has changed since, or this is a bug',
      differ,
      (it) =>
        `${printFlow(it.flow)}: recorded as ${it.flow.verdict}${place(it.flow)}, but the policies say ${it.before}${deciding(it)}`,
    ),
    ...lines(
      'Changes',
      changes,
      (it) => `${printFlow(it.flow)}: ${it.before} before, ${it.after} after${deciding(it)}`,
    ),
    ...lines('Not known', unknown, (it) => `${printFlow(it.flow)}: ${it.missing.join('; ')}`),
    `${records(all.records)}: ${after.allowed} allowed, ${after.denied} denied, ${after.unknown} not known${
      all.notAsked === 0 ? '' : `, ${all.notAsked} with no pod or node at either end`
    }`,
  ].join('\n')
