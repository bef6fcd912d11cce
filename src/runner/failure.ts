import type { RunnerError } from './error.js'
import type { ApplyReport, ItemOutcome } from './report.js'

export const bad = (item: ItemOutcome): boolean => item.outcome === 'failed' || item.outcome === 'unknown'

/** The first five, each with its cause. */
export const listed = (failed: ReadonlyArray<ItemOutcome>): string => {
  const names = failed.map((item) => ('cause' in item ? `${item.name}: ${item.cause}` : item.name))
  const more = names.length > 5 ? `; and ${names.length - 5} more` : ''
  return `${names.slice(0, 5).join('; ')}${more}`
}

export const again = 'correct these and apply again: what went well is left unchanged then'

/** What had begun ended before its time. */
export const interrupted = (cause: RunnerError, report: ApplyReport): RunnerError => ({
  _tag: 'Interrupted',
  message: `the run ended early: ${cause.message}`,
  hint: ('hint' in cause ? cause.hint : undefined) ?? 'apply again: what went well is left unchanged then',
  cause,
  report,
})

/** Why the deletions failed; `undefined` when all is gone that was to go. */
export const pruneFailure = (report: ApplyReport): RunnerError | undefined => {
  const failed = report.items.filter(bad)
  return failed.length === 0
    ? undefined
    : {
        _tag: 'PruneIncomplete',
        message: `all is applied, but ${listed(failed)} could not be deleted`,
        hint: 'remove what is in the way, then apply again: it goes on where it stopped',
        report,
      }
}
