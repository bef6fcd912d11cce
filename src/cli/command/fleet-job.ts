import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { kubeCluster } from '../../cluster/kube.js'
import { secrets } from '../../cluster/resource-types.js'
import { type FleetJobTask, toFleetJob } from '../../fleet/job/to-fleet-job.js'
import type { Refusal } from '../../runner/report.js'
import { printYaml } from '../../yaml/print/print.js'
import { parseDuration } from '../duration.js'
import { exitCodes } from '../exit-code.js'
import { badUsage, type CliFailure } from '../failure.js'
import { read } from '../input/read.js'
import { interruptSignal } from '../interrupt.js'
import { write } from '../output/write.js'
import { readSettings } from '../settings/file.js'
import { ownerFrom } from '../settings/merge.js'
import { act } from './act.js'
import { outFile } from './option.js'
import { refusing } from './plan.js'

interface JobOptions {
  readonly name: string
  readonly namespace: string
  readonly image: string
  readonly secret?: ReadonlyArray<string>
  readonly selector?: string
  readonly key?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly owner?: string
  readonly settings?: string
  readonly transport?: 'pod' | 'api'
  readonly parallelism?: number
  readonly retries?: number
  readonly deadline?: number
  readonly ttl?: number
  readonly suspend?: true
  readonly prune?: true
  readonly adopt?: true
  readonly refuse?: ReadonlyArray<Refusal>
  readonly out?: string
}

const collect = (value: string, previous: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...previous,
  value,
]

const parseCount = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Use a whole number.')
  return Number(text)
}

const parseSeconds = (text: string): number => Math.ceil(parseDuration(text) / 1000)

const defined = <A extends object>(value: A) =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof A]: Exclude<A[K], undefined>
  }

/** The Secrets that are named, and those of the management cluster that have the labels. */
const secretsOf = ({
  secret = [],
  selector: labelSelector,
  namespace,
  kubeconfig,
  context,
}: JobOptions): TaskEither<CliFailure, ReadonlyArray<string>> =>
  task(async (unwrap) => {
    if (labelSelector === undefined) {
      const hint = 'name each with --secret, or all of a label with --selector'
      return unwrap(secret.length > 0 ? E.right(secret) : E.left(badUsage('no Secret is named', hint)))
    }
    const cluster = kubeCluster(defined({ kubeconfig, context }))
    const call = { namespace, labelSelector, signal: interruptSignal() }
    const { items } = await unwrap(cluster.list(secrets, call))
    cluster.close()
    const found = items.map(({ metadata }) => metadata.name)
    const hint = 'look at their labels: kubectl get secrets --show-labels'
    const none = badUsage(`no Secret in ${namespace} has the labels ${labelSelector}`, hint)
    return unwrap(found.length > 0 ? E.right([...new Set([...secret, ...found])]) : E.left(none))
  })

const job = act(
  async (unwrap, what: FleetJobTask['task'], from: ReadonlyArray<string>, options: JobOptions) => {
    const {
      name,
      namespace,
      image,
      key,
      parallelism,
      retries,
      deadline,
      ttl,
      suspend,
      prune,
      adopt,
      refuse,
    } = options
    const takesInput = what === 'plan' || what === 'apply'
    if (takesInput !== from.length > 0) {
      const hint = takesInput ? 'name files or folders with the resources' : 'leave the inputs out'
      return unwrap(E.left(badUsage(`${what} ${takesInput ? 'needs' : 'takes no'} inputs`, hint)))
    }
    const { resources } = takesInput ? await unwrap(read(from, { calico: 'any' })) : { resources: [] }
    const settings = await unwrap(readSettings(options.settings))
    const owner = await unwrap(ownerFrom(options.owner, settings.owner))
    const runner = { ...settings, owner, ...defined({ transport: options.transport }) }
    const done: FleetJobTask = takesInput
      ? { task: what, resources, runner, ...defined({ prune, adopt, refuse }) }
      : { task: what as 'status' | 'cleanup', runner }
    const given = { key, parallelism, retries, deadlineSeconds: deadline, ttlSeconds: ttl, suspend }
    const named = await unwrap(secretsOf(options))
    const objects = await unwrap(toFleetJob(named, done, { name, namespace, image, ...defined(given) }))
    await unwrap(write(printYaml(objects), options.out))
    return exitCodes.ok
  },
)

export const fleetJobCommand = (): Command =>
  new Command('job')
    .summary('print a Job that does a task on many clusters')
    .description(
      'Prints an Indexed Job and its ConfigMaps, for kubectl create. It has a pod for each kubeconfig Secret, which does the task on that cluster.',
    )
    .addArgument(new Argument('<task>', 'what to do on each').choices(['plan', 'apply', 'status', 'cleanup']))
    .argument('[input...]', 'files or folders of YAML, JSON, TypeScript or JavaScript')
    .requiredOption('--name <name>', 'name of the Job; every run needs a new one')
    .requiredOption('-n, --namespace <name>', 'the namespace of the Secrets, and of the Job')
    .requiredOption('--image <name>', 'an image with Node and typed-calico')
    .option('--secret <name>', 'a Secret with a kubeconfig; repeatable', collect)
    .option('--selector <labels>', 'all Secrets with these labels, read from the management cluster')
    .option('--key <key>', 'the key of a Secret that has the kubeconfig (default: kubeconfig)')
    .option('--kubeconfig <file>', 'the kubeconfig of the management cluster, for --selector')
    .option('--context <name>', 'a context of it other than its current one')
    .addOption(new Option('--owner <name>', 'the owner of what is applied').env('TYPED_CALICO_OWNER'))
    .option('--settings <file>', 'settings of the Runner in YAML or JSON; options override them')
    .addOption(
      new Option('--transport <how>', 'how resources are written (default: pod)').choices(['pod', 'api']),
    )
    .addOption(new Option('--parallelism <count>', 'clusters at a time (default: 10)').argParser(parseCount))
    .addOption(
      new Option('--retries <count>', 'how often to retry a cluster that may recover (default: 2)').argParser(
        parseCount,
      ),
    )
    .addOption(
      new Option('--deadline <time>', 'end the whole Job after this time (default: 60m)').argParser(
        parseSeconds,
      ),
    )
    .addOption(
      new Option('--ttl <time>', 'remove the Job this long after its end (default: keep it)').argParser(
        parseSeconds,
      ),
    )
    .option('--suspend', 'create the Job suspended, to be resumed later')
    .option('--prune', 'delete what the owner has on a cluster and is no longer in the inputs')
    .option('--adopt', "take over resources of the same names that are not the owner's")
    .addOption(refusing())
    .addOption(outFile())
    .action(job)
