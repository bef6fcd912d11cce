import { explain } from '../../error.js'
import type { ApplyReport, CleanupReport } from '../../runner/report.js'
import type { CliFailure } from '../failure.js'
import { err, out } from '../terminal.js'
import { applyLines, removedLines } from './report.js'

const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '    ')

const reportLines = (report: ApplyReport | CleanupReport): ReadonlyArray<string> =>
  'items' in report ? applyLines(report) : removedLines(report)

/** What a failure knows beyond its explanation, for the person who is to mend it. */
const details = (failure: CliFailure): ReadonlyArray<string> => {
  switch (failure._tag) {
    case 'MissingPermissions':
      return ['  An administrator can grant it:', indented(failure.yaml)]
    case 'PodFailed':
      return failure.events.length === 0 ? [] : ['  Events of the pod:', ...failure.events.map(indented)]
    case 'CalicoctlFailed':
      return failure.stderr === '' ? [] : ['  calicoctl said:', indented(failure.stderr)]
    case 'Interrupted': {
      const { reaped, left } = failure.report
      const gone = reaped.length === 0 ? 'nothing was there to remove' : `removed: ${reaped.join(', ')}`
      return [
        `  Of the run itself, ${gone}`,
        ...left.map(
          ({ name, cause }) => `  still there: ${name}: ${cause}; the cluster or \`cleanup\` removes it`,
        ),
      ]
    }
    default:
      return []
  }
}

/** Tells a failure: explained on stderr; on stdout what became of each item, or all of it as JSON. */
export const printFailure = (failure: CliFailure, json: boolean): void => {
  if (json) out(JSON.stringify({ failure }, null, 2))
  else if ('report' in failure) for (const line of reportLines(failure.report)) out(line)
  err([explain(failure), ...details(failure)].join('\n'))
}
