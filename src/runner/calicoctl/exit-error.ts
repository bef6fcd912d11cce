import type { RunnerError } from '../error.js'
import { again, bad, listed } from '../error.js'
import type { ApplyReport } from '../report.js'

/** How calicoctl ended: of several, the highest code, and what they said. */
export interface CalicoctlEnd {
  readonly exitCode: number
  readonly output: string
}

const versions = (output: string): { readonly client: string; readonly cluster: string } | undefined => {
  const found = /version mismatch[\s\S]*?Client Version:\s*v?(\S+)\s+Cluster Version:\s*v?(\S+)/i.exec(output)
  return found === null ? undefined : { client: found[1] ?? '', cluster: found[2] ?? '' }
}

const calicoctlFailed = ({ exitCode, output }: CalicoctlEnd, report: ApplyReport): RunnerError => {
  const failed = report.items.filter(bad)
  return {
    _tag: 'CalicoctlFailed',
    message: `calicoctl ended with exit code ${exitCode}; ${failed.length} of ${report.items.length} failed: ${listed(failed)}`,
    hint: again,
    exitCode,
    stderr: output.slice(-4096),
    report,
  }
}

/**
 * Why calicoctl failed, from its exit code, from its words where it refused the cluster, and from what was read back;
 * `undefined` when every item is as it should be. `remedy` says where another calicoctl is set.
 */
export const calicoctlFailure = (
  end: CalicoctlEnd,
  report: ApplyReport,
  remedy: (version: string) => string,
): RunnerError | undefined => {
  if (!report.items.some(bad)) return undefined
  const mismatch = versions(end.output)
  if (mismatch !== undefined && end.exitCode !== 0) {
    return {
      _tag: 'VersionMismatch',
      message: `calicoctl ${mismatch.client} refuses to work on Calico ${mismatch.cluster}`,
      hint: remedy(mismatch.cluster),
      ...mismatch,
      report,
    }
  }
  return calicoctlFailed(end, report)
}

/** What is to be told of a calicoctl that failed, where every item is as it should be: it is not believed, and not hidden. */
export const complaints = ({ exitCode, output }: CalicoctlEnd): ReadonlyArray<string> =>
  exitCode === 0
    ? []
    : [
        `calicoctl ended with exit code ${exitCode}, but every item is as it should be; it said: ${output.trim().slice(-1024) || 'nothing'}`,
      ]
