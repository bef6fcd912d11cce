import { writeFile } from 'node:fs/promises'
import { Argument, Command } from 'commander'
import { left } from 'fp-ts/lib/Either.js'
import { readMounted } from '../../fleet/job/mounted-kubeconfig.js'
import { workOnIndex } from '../../fleet/job/work.js'
import type { FleetTask } from '../../fleet/run/fleet-task.js'
import type { Resource } from '../../model/resource.js'
import type { RunnerOptions } from '../../runner/options.js'
import type { Refusal } from '../../runner/report.js'
import type { ExitCode } from '../exit-code.js'
import { badUsage } from '../failure.js'
import { read } from '../input/read.js'
import { interruptSignal } from '../interrupt.js'
import { readSettings } from '../settings/file.js'
import { err, out } from '../terminal.js'
import { act } from './act.js'
import { refusing } from './plan.js'

interface WorkOptions {
  readonly settings?: string
  readonly kubeconfig: string
  readonly report?: string
  readonly prune?: true
  readonly adopt?: true
  readonly refuse?: ReadonlyArray<Refusal>
}

type Runner = Omit<RunnerOptions, 'cluster'>

const taskOf = (
  task: FleetTask['task'],
  resources: ReadonlyArray<Resource>,
  runner: Runner,
  { prune, adopt, refuse }: WorkOptions,
): FleetTask =>
  task === 'plan' || task === 'apply'
    ? { task, resources, runner, prune: prune === true, adopt: adopt === true, ...(refuse && { refuse }) }
    : { task, runner }

const work = act(
  async (unwrap, task: FleetTask['task'], from: ReadonlyArray<string>, options: WorkOptions) => {
    const { owner, ...settings } = await unwrap(readSettings(options.settings))
    if (owner === undefined)
      return unwrap(left(badUsage('the settings name no owner', 'add `owner` to them')))
    const { resources } = from.length === 0 ? { resources: [] } : await unwrap(read(from, { calico: 'any' }))
    const { report, kubeconfig } = options
    const { exitCode, message } = await workOnIndex({
      kubeconfig: await readMounted(kubeconfig),
      task: taskOf(task, resources, { ...settings, owner }, options),
      signal: interruptSignal(),
    })
    out(message)
    if (report !== undefined) await writeFile(report, message).catch(() => err(`${report} cannot be written`))
    return exitCode as ExitCode
  },
)

/** Not for people: what each pod of a fleet's Job runs. */
export const fleetWorkCommand = (): Command =>
  new Command('work')
    .summary('do one index of such a Job')
    .description(
      "Does the task on one cluster, and says how it ended in one line of JSON. The pods of a fleet's Job run it.",
    )
    .addArgument(new Argument('<task>', 'what to do').choices(['plan', 'apply', 'status', 'cleanup']))
    .argument('[input...]', 'files or folders of YAML or JSON')
    .requiredOption('--kubeconfig <file>', 'the kubeconfig of the cluster')
    .option('--settings <file>', 'settings of the Runner in YAML or JSON, with the owner')
    .option('--report <file>', 'write the line to this file, too')
    .option('--prune', 'delete what the owner has on the cluster and is no longer in the inputs')
    .option('--adopt', "take over resources of the same names that are not the owner's")
    .addOption(refusing())
    .action(work)
