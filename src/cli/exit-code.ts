/** What the command's exit codes say. docs/09-cli.md has the same table. */
export const exitCodes = {
  ok: 0,
  /** What was asked for failed: an input has issues, the cluster refused, a run ended early. */
  failure: 1,
  /** `plan`: apply would change something. `diff` and `replay`: --fail-on stops it. `verdict`: not what was expected. */
  changes: 2,
  /** The command line, the settings or the answer to a question. `EX_USAGE` of sysexits.h, as the next two. */
  usage: 64,
  /** An input cannot be read. */
  noInput: 66,
  /** A bug in typed-calico itself. */
  bug: 70,
  /** Ended by Ctrl-C, SIGTERM or SIGHUP, after tidying up. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
