import * as E from 'fp-ts/lib/Either.js'
import { checkList } from '../../check/check-list.js'
import type { KubeObject } from '../../cluster/port.js'
import { apiVersionOf, configMaps } from '../../cluster/resource-types.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../../error.js'
import { describeGiven } from '../../model/codec/issue.js'
import { isPlain } from '../../model/codec/json.js'
import type { Resource } from '../../model/resource.js'
import { shards } from '../../runner/calicoctl/input.js'
import { decodeOptions, type WrittenOptions } from '../../runner/options-codec.js'
import type { Refusal } from '../../runner/report.js'
import { under } from '../gardener/shoot-selector.js'
import { nameIssues } from '../object-name.js'
import { taskIssues } from '../run/task-issues.js'
import { type FleetJob, fleetJob, fleetLabels } from './job-spec.js'

/** What the pods of a fleet's Job do: as of `runFleet`, with what can be written down. */
export type FleetJobTask =
  | {
      readonly task: 'plan' | 'apply'
      readonly resources: ReadonlyArray<unknown>
      readonly runner: WrittenOptions
      readonly prune?: boolean
      readonly adopt?: boolean
      /** As of `runFleet`. */
      readonly refuse?: ReadonlyArray<Refusal>
    }
  | { readonly task: 'status' | 'cleanup'; readonly runner: WrittenOptions }

/** The name, image and pace of a fleet's Job. */
export interface FleetJobOptions {
  /**
   * Of the Job, and of its ConfigMaps with a number behind it. A Job runs once: another run has another name. More than 500 clusters
   * are divided: there are several Jobs then, which have a number, too.
   */
  readonly name: string
  /** Where the Secrets are. */
  readonly namespace: string
  /** An image with Node and this package: its command is `typed-calico`, or what `command` says. */
  readonly image: string
  readonly command?: ReadonlyArray<string>
  /** Under which each Secret has its kubeconfig. Default: `kubeconfig`. */
  readonly key?: string
  /** How many clusters at a time, at least one in each Job. Default: 10. */
  readonly parallelism?: number
  /** How often a cluster is tried again that may do better. Default: 2. */
  readonly retries?: number
  /** All is ended after so many seconds. Default: 3,600. */
  readonly deadlineSeconds?: number
  /** The Job goes so many seconds after its end; default: it stays, for `fleet status` to read. */
  readonly ttlSeconds?: number
  /**
   * All is ended when more clusters than so many have failed for good. Kubernetes counts them in one Job: for up to 500 clusters.
   * Default: all are tried.
   */
  readonly maxFailedClusters?: number
  /** Made to wait until someone resumes it. */
  readonly suspend?: boolean
}

/**
 * Each pod names the Secrets of all clusters of its Job, kubelet reads them all before it starts one, and ended pods stay until the
 * Job goes. With 500 a pod has 60 kB and starts after 3 seconds; with 5,000 it took 84 seconds on the lab, and all pods would have 3 GB.
 * `kubectl apply`, which writes the Job into an annotation, takes no more than 2,100; the API server 25,000.
 */
const clustersInJob = 500

/** As many Jobs of so many clusters run one pod each, at least, at once. */
const mostClusters = 50_000

const wrong = (option: string, message: string, hint: string): Issue => ({
  rule: 'bad-option',
  path: [option],
  message,
  hint,
})

const notAList = (option: string, value: unknown, hint: string): Issue =>
  wrong(option, `expected a list, got ${describeGiven(value)}`, hint)

const writes = (task: FleetJobTask): task is Extract<FleetJobTask, { readonly resources: unknown }> =>
  task.task === 'plan' || task.task === 'apply'

/** Of what is written, that there are resources. */
const resourceIssues = (task: FleetJobTask): ReadonlyArray<Issue> =>
  isPlain(task) && writes(task) && !Array.isArray(task.resources)
    ? [notAList('resources', task.resources, 'write it as a list, as { resources: [policy] }')]
    : []

const noLimit = `leave it out, or name at most ${clustersInJob} Secrets at a time`

const numberIssues = (options: FleetJobOptions): ReadonlyArray<Issue> =>
  (['parallelism', 'retries', 'deadlineSeconds', 'ttlSeconds', 'maxFailedClusters'] as const).flatMap(
    (key) => {
      const value = options[key]
      const least = key === 'parallelism' || key === 'deadlineSeconds' ? 1 : 0
      return value === undefined || (Number.isInteger(value) && value >= least)
        ? []
        : [wrong(key, `${key} is ${value}`, `write a whole number of at least ${least}`)]
    },
  )

const secretIssues = (secrets: ReadonlyArray<string>): ReadonlyArray<Issue> => {
  if (!Array.isArray(secrets)) return [notAList('secrets', secrets, 'name one Secret for each cluster')]
  if (secrets.length === 0) return [wrong('secrets', 'there is no Secret', 'name one for each cluster')]
  if (secrets.length > mostClusters)
    return [wrong('secrets', `there are ${secrets.length} Secrets`, `name at most ${mostClusters}`)]
  const names = secrets.flatMap((name) => nameIssues('secrets', name))
  const isTwice = new Set(secrets).size < secrets.length
  return isTwice ? [...names, wrong('secrets', 'a Secret is named twice', 'leave one out')] : names
}

/** In Jobs of about one size. */
const inJobs = (secrets: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const count = Math.ceil(secrets.length / clustersInJob)
  const size = Math.ceil(secrets.length / count)
  return Array.from({ length: count }, (_, index) => secrets.slice(index * size, (index + 1) * size))
}

/** In a pod of the management cluster, there is no calicoctl to run beside it. */
const runnerOf = (options: WrittenOptions): E.Either<Invalid, WrittenOptions> => {
  const decoded = E.mapLeft((it: Invalid) => under('runner', it))(decodeOptions(options))
  if (E.isLeft(decoded)) return decoded
  if (decoded.right.owner === undefined)
    return E.left(invalid([wrong('runner', 'the owner is missing', "name it: runner: { owner: 'fleet' }")]))
  return typeof decoded.right.transport === 'object'
    ? E.left(
        invalid([wrong('runner', 'a pod has no calicoctl of its own', "use the transport 'pod' or 'api'")]),
      )
    : decoded
}

const configMap = (
  { name, namespace }: FleetJobOptions,
  number: number,
  data: Readonly<Record<string, string>>,
): KubeObject => ({
  apiVersion: apiVersionOf(configMaps),
  kind: configMaps.kind,
  metadata: { name: `${name}-${number}`, namespace, labels: fleetLabels(name) },
  immutable: true,
  data,
})

const flagsOf = (task: FleetJobTask): ReadonlyArray<string> =>
  'resources' in task
    ? [
        ...(task.prune === true ? ['--prune'] : []),
        ...(task.adopt === true ? ['--adopt'] : []),
        ...(task.refuse ?? []).flatMap((what) => ['--refuse', what]),
      ]
    : []

/**
 * A Job of Kubernetes as the engine for many clusters: an index, and so a pod, for each kubeconfig Secret of a management cluster. How
 * many run at once, what is tried again, pausing, resuming and the deadline are Kubernetes' own; `fleetStatus` reads what became of
 * each. A container sees the Secret of its index alone, and has no rights where it runs. Answers with ConfigMaps and the Job; with a
 * Job for each 500 clusters, if there are more.
 *
 * Needs Kubernetes 1.33, where a limit for each index is stable.
 *
 * **Errors**: `Invalid`: as `check`; `bad-option`, `name`.
 *
 * **Source**: Kubernetes' `batch/v1` JobSpec: completionMode, backoffLimitPerIndex, podFailurePolicy.
 *
 * @example
 * const task = { task: 'apply', resources: [globalNetworkPolicy('deny-all').denyIngress()], runner: { owner: 'fleet' } } as const
 * const options = { name: 'guardrails-1', namespace: 'fleet', image: 'registry.example/typed-calico:1' }
 * toFleetJob(['cluster-a', 'cluster-b'], task, options) // => Right, with two ConfigMaps and a Job
 */
export const toFleetJob = (
  secrets: ReadonlyArray<string>,
  task: FleetJobTask,
  options: FleetJobOptions,
): E.Either<Invalid, ReadonlyArray<KubeObject>> => {
  if (!isPlain(options))
    return E.left(
      invalid([
        wrong(
          'options',
          `expected options, got ${describeGiven(options)}`,
          'write them as { name, namespace, image }',
        ),
      ]),
    )
  const { name, namespace, image, command = ['typed-calico'], key = 'kubeconfig' } = options
  const usable = unlessIssues(
    [
      ...nameIssues('name', name, 52),
      ...nameIssues('namespace', namespace, 63),
      ...(typeof image === 'string' && image !== ''
        ? []
        : [wrong('image', 'the image is missing', 'name an image with Node and typed-calico')]),
      ...(Array.isArray(command) ? [] : [notAList('command', command, "write it as ['typed-calico']")]),
      ...secretIssues(secrets),
      ...taskIssues(task),
      ...resourceIssues(task),
      ...(options.maxFailedClusters !== undefined && secrets?.length > clustersInJob
        ? [
            wrong(
              'maxFailedClusters',
              `it counts in one Job, and ${secrets.length} clusters take several`,
              noLimit,
            ),
          ]
        : []),
      ...numberIssues(options),
    ],
    options,
  )
  if (E.isLeft(usable)) return usable
  const runner = runnerOf(task.runner)
  if (E.isLeft(runner)) return runner
  // Which release each cluster runs is not known here: what none takes is refused, the rest by each pod.
  const checked = writes(task) ? checkList(task.resources, { calico: 'any' }) : E.right([])
  if (E.isLeft(checked)) return checked
  const resources = checked.right as ReadonlyArray<Resource>
  const parts = resources.length === 0 ? [] : shards([{ create: resources, replace: [] }]).flat()
  const inputs = [
    configMap(options, 0, { 'settings.json': JSON.stringify(runner.right) }),
    ...parts.map(({ text }, index) => configMap(options, index + 1, { 'resources.yaml': text })),
  ]
  const { parallelism = 10, retries = 2, deadlineSeconds = 3600, ttlSeconds, maxFailedClusters } = options
  const divided = inJobs(secrets)
  const job: Omit<FleetJob, 'name' | 'secrets'> = {
    fleet: name,
    jobs: divided.length,
    namespace,
    image,
    command,
    key,
    task: task.task,
    flags: flagsOf(task),
    inputs: inputs.map(({ metadata }) => metadata.name),
    hasResources: parts.length > 0,
    parallelism: Math.max(1, Math.floor(parallelism / divided.length)),
    retries,
    deadlineSeconds,
    suspend: options.suspend ?? false,
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    ...(maxFailedClusters === undefined ? {} : { maxFailedIndexes: maxFailedClusters }),
  }
  const named = (index: number): string => (divided.length === 1 ? name : `${name}-${index}`)
  return E.right([
    ...inputs,
    ...divided.map((some, index) => fleetJob({ ...job, name: named(index), secrets: some })),
  ])
}
