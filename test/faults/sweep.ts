import type { Fault } from './fault.js'
import { faults } from './fault.js'
import type { Trial } from './trial.js'

/** Tries the scenario, with a fault at its k-th request. One at a time: it has a place, and an owner, to itself. */
export type Try = (k: number, fault: Fault | undefined) => Promise<Trial>

export interface Case {
  readonly k: number
  readonly fault: Fault
}

const isWrite = (request: string): boolean =>
  !request.startsWith('GET') && !request.includes('selfsubjectaccessreviews')

/**
 * Every request of a run, with every fault. Before the first write nothing can be lost, so there one fault for each
 * request is enough; FAULTS=all takes them all there too.
 */
export const casesFor = (
  wanted: ReadonlyArray<Fault>,
  requests: ReadonlyArray<string>,
): ReadonlyArray<Case> => {
  const first = requests.findIndex(isWrite) + 1
  // The number of requests differs a little from run to run: polls.
  return Array.from({ length: requests.length + 3 }, (_, index) => index + 1).flatMap((k) =>
    wanted
      .filter(
        (fault) => k >= first || process.env.FAULTS === 'all' || faults.indexOf(fault) === k % faults.length,
      )
      .map((fault) => ({ k, fault })),
  )
}

export interface Sweep {
  readonly trials: number
  /** How the applies ended: how often each way. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly violations: ReadonlyArray<string>
}

/**
 * Runs the scenario once without a fault and once for each case, and gathers where a promise was broken. As many are under
 * way at once as there are places: they mostly wait.
 */
export const sweep = async (
  places: ReadonlyArray<Try>,
  casesOf: (requests: ReadonlyArray<string>) => ReadonlyArray<Case>,
): Promise<Sweep> => {
  const [first] = places
  if (first === undefined) throw new Error('there is no place to try it')
  const plain = await first(0, undefined)
  if (plain.outcome !== 'Right')
    return { trials: 1, outcomes: {}, violations: [plain.outcome, ...plain.violations] }
  const queue = [...casesOf(plain.requests)]
  const violations = [...plain.violations]
  const outcomes: Record<string, number> = {}
  const trials = queue.length
  const work = async (trial: Try) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { k, fault } = next
      const done = await trial(k, fault)
      outcomes[done.outcome] = (outcomes[done.outcome] ?? 0) + 1
      violations.push(
        ...done.violations.map((it) => `${fault} at ${k} (${done.requests[k - 1]}), ${done.outcome}: ${it}`),
      )
    }
  }
  await Promise.all(places.map(work))
  return { trials, outcomes, violations }
}
