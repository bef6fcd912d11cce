import * as E from 'fp-ts/lib/Either.js'
import type { Program, ProgramResult } from '../cluster/memory.js'
import { minorOf } from '../model/calico-version.js'
import { actions } from './calicoctl/action.js'
import { parseArguments } from './calicoctl/arguments.js'
import { type Call, type Printed, worded } from './calicoctl/call.js'
import { createClient } from './calicoctl/client.js'
import { get } from './calicoctl/get.js'
import { type Layout, layoutFor } from './calicoctl/layout.js'
import { version } from './calicoctl/version.js'
import { write } from './calicoctl/write.js'

const commands: Readonly<Record<string, (call: Call) => Promise<Printed>>> = {
  ...Object.fromEntries(Object.keys(actions).map((command) => [command, write])),
  get,
  version,
}

const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token'

const exit = (exitCode: number, stdout: string, stderr = ''): ProgramResult => ({ exitCode, stdout, stderr })

const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`

/** The release that the image's tag names. */
const releaseOf = (image: string): string | undefined => /:(v\d+\.\d+\.\d+[^@]*)/.exec(image)?.[1]

const invalid = (args: string): string =>
  `Invalid option: 'calicoctl ${args}'. Use flag '--help' to read about a specific subcommand.\n`

/** As runc has it, of a program that is not in the image. */
const notThere = (program: string): ProgramResult => ({
  ...exit(128, ''),
  reason: 'StartError',
  message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${program}": stat ${program}: no such file or directory`,
})

/** What client-go says of the tiers that 3.32 looks after before it writes: their definitions do not have a status. */
const warningsOf = (release: string, { isNative }: Layout): string => {
  const time = new Date().toISOString().slice(11, 23)
  const line = `W0101 ${time}000       1 warnings.go:70] unknown field "status"\n`
  return minorOf(release) >= 32 && !isNative ? line.repeat(3) : ''
}

/**
 * An image program that does what calicoctl does, for the in-memory cluster: `create`, `apply`, `replace` and
 * `delete -f`, `get` and `version`, as the release that the image's tag names, with the same requests, the same
 * lines and the same exit codes. Its rights are those of the pod's service account.
 *
 * @param fallback the release of images without such a tag
 */
export const calicoctl =
  (fallback = 'v3.28.5'): Program =>
  async (run) => {
    const release = releaseOf(run.image) ?? fallback
    const path = minorOf(release) >= 28 ? '/usr/bin/calicoctl' : '/calicoctl'
    const [program = path, ...rest] = run.command
    if (program !== path) return notThere(program)
    const args = parseArguments([...rest, ...run.args])
    if (E.isLeft(args)) return exit(1, '', worded(release, invalid(args.left)))
    const command = commands[args.right.command]
    if (command === undefined) return exit(1, '', `Unknown command: "${args.right.command}"\n`)
    if (run.files.get(tokenFile) === undefined) {
      const why =
        'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable'
      return exit(1, `Failed to create Calico API client: ${why}\n`)
    }
    const layout = await layoutFor(run, release)
    const client = createClient(run, release, layout, now)
    const { stdout, error } = await command({ version: release, client, run, args: args.right })
    const warnings = args.right.command in actions ? warningsOf(release, layout) : ''
    return error === undefined ? exit(0, stdout, warnings) : exit(1, stdout, `${warnings}${error}\n`)
  }
