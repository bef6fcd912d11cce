import type { RunnerError } from './error.js'
import { again, bad, listed } from './failure.js'
import type { ApplyReport } from './report.js'

const versions = (said: string): { readonly client: string; readonly cluster: string } | undefined => {
  const found = /version mismatch[\s\S]*?Client Version:\s*v?(\S+)\s+Cluster Version:\s*v?(\S+)/i.exec(said)
  return found === null ? undefined : { client: found[1] ?? '', cluster: found[2] ?? '' }
}

const calicoctlFailed = (exitCode: number, said: string, report: ApplyReport): RunnerError => {
  const failed = report.items.filter(bad)
  return {
    _tag: 'CalicoctlFailed',
    message: `calicoctl ended with exit code ${exitCode}; ${failed.length} of ${report.items.length} failed: ${listed(failed)}`,
    hint: again,
    exitCode,
    stderr: said.slice(-4096),
    report,
  }
}

/**
 * Why calicoctl failed, from its exit code, from its words where it refused the cluster, and from what was read back;
 * `undefined` when every item is as it should be. `remedy` says where another calicoctl is set.
 */
export const calicoctlFailure = (
  exitCode: number,
  said: string,
  report: ApplyReport,
  remedy: (version: string) => string,
): RunnerError | undefined => {
  const mismatch = versions(said)
  if (mismatch !== undefined && exitCode !== 0) {
    return {
      _tag: 'VersionMismatch',
      message: `calicoctl ${mismatch.client} refuses to work on Calico ${mismatch.cluster}`,
      hint: remedy(mismatch.cluster),
      ...mismatch,
      report,
    }
  }
  return exitCode !== 0 || report.items.some(bad) ? calicoctlFailed(exitCode, said, report) : undefined
}
