import type { KubeObject, OwnerReference } from '../../cluster/port.js'
import { apiVersionOf, jobs } from '../../cluster/resource-types.js'
import type { Program } from '../calicoctl/image.js'
import type { Shard } from '../calicoctl/input.js'
import type { PodSettings } from '../options.js'
import { type Verb, verbs } from '../plan/batch.js'
import { ownerLabels, runLabel } from '../state/owner-labels.js'
import type { JobPlan } from './job-plan.js'
import { podLabels } from './pod-labels.js'
import { containerResources, containerSecurity, podSecurity, tokenMount, tokenVolume } from './restricted.js'

/** What the Job and all that it owns are made of. */
export interface RunSpec {
  readonly owner: string
  /** 26 random letters and digits: in every name of the run. */
  readonly run: string
  readonly namespace: string
  /** Whether the namespace is to be made first. */
  readonly makeNamespace: boolean
  readonly serviceAccount: string
  readonly program: Program
  readonly pod: PodSettings
  readonly jobs: ReadonlyArray<JobPlan>
  /** After so many seconds the cluster ends the pod, whoever is still there to ask. */
  readonly deadlineSeconds: number
  readonly ttlSeconds: number
}

export const runName = (run: string): string => `typed-calico-${run}`

/** The first Job of a run has its name, the others a number behind it. */
export const jobName = (run: string, number: number): string =>
  number === 1 ? runName(run) : `${runName(run)}-${number}`

export const configMapName = (run: string, shard: Shard): string =>
  `${runName(run)}-${shard.file.replace('.yaml', '')}`

const runLabels = (spec: RunSpec, kind: string, name: string) => {
  const { labels, annotations } = ownerLabels(spec.owner, { kind, namespace: spec.namespace, name })
  return {
    labels: { ...labels, [runLabel]: spec.run, 'app.kubernetes.io/managed-by': 'typed-calico' },
    annotations,
  }
}

/** Metadata of an object of the run: named, labelled as the owner's, and collected by the cluster with the Job. */
export const runMetadata = (spec: RunSpec, kind: string, name: string, job?: OwnerReference) => ({
  name,
  namespace: spec.namespace,
  ...runLabels(spec, kind, name),
  ...(job === undefined ? {} : { ownerReferences: [job] }),
})

const podMetadata = (spec: RunSpec, name: string) => {
  const { annotations } = runLabels(spec, jobs.kind, name)
  return {
    labels: podLabels(spec),
    annotations: { 'linkerd.io/inject': 'disabled', ...spec.pod.annotations, ...annotations },
  }
}

/**
 * Where a container finds its input: the pods of an Indexed Job by their index. It ends in `/` there, for the folder
 * of a group is a link in a projected volume, and calicoctl follows no other.
 */
const folder = (plan: JobPlan, verb: Verb): string =>
  plan.length === 1 ? `/in/${verb}` : `/in/${verb}/$(JOB_COMPLETION_INDEX)/`

const container = (spec: RunSpec, plan: JobPlan, verb: Verb) => ({
  name: verb,
  image: spec.program.image,
  imagePullPolicy: spec.program.pullPolicy,
  command: spec.program.command,
  args: [verb, '-f', folder(plan, verb)],
  env: spec.program.environment,
  resources: spec.pod.resources ?? containerResources,
  securityContext: containerSecurity,
  terminationMessagePolicy: 'FallbackToLogsOnError',
  volumeMounts: [{ name: `in-${verb}`, mountPath: `/in/${verb}`, readOnly: true }, tokenMount],
})

const inputVolume = (spec: RunSpec, plan: JobPlan, verb: Verb) => ({
  name: `in-${verb}`,
  projected: {
    sources: plan.flatMap(({ shards }, index) =>
      shards
        .filter((shard) => shard.verb === verb)
        .map((shard) => ({
          configMap: {
            name: configMapName(spec.run, shard),
            ...(plan.length === 1 ? {} : { items: [{ key: shard.file, path: `${index}/${shard.file}` }] }),
          },
        })),
    ),
  },
})

const podSpec = (spec: RunSpec, plan: JobPlan) => {
  const {
    labels: _labels,
    annotations: _annotations,
    resources: _resources,
    imagePullSecrets,
    ...pod
  } = spec.pod
  const used = verbs.filter((verb) => plan.some(({ batch }) => batch[verb].length > 0))
  return {
    ...pod,
    ...(imagePullSecrets === undefined
      ? {}
      : { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...pod.nodeSelector },
    restartPolicy: 'Never',
    serviceAccountName: spec.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: podSecurity,
    containers: used.map((verb) => container(spec, plan, verb)),
    volumes: [...used.map((verb) => inputVolume(spec, plan, verb)), tokenVolume],
  }
}

/** So many pods of a run at once: each sends one request after the other, and an API server has others to serve. */
const podsAtOnce = 4

/** A group whose calicoctl fails ends by itself, and is not tried again: the others go on. */
const counts = (groups: number) =>
  groups === 1
    ? { backoffLimit: 0, completions: 1, parallelism: 1 }
    : {
        completionMode: 'Indexed',
        backoffLimit: groups,
        backoffLimitPerIndex: 0,
        completions: groups,
        parallelism: Math.min(groups, podsAtOnce),
      }

/** All of a run goes with its first Job: that one stays until the later ones have had their time. */
const timeToLive = ({ jobs: all, deadlineSeconds, ttlSeconds }: RunSpec, number: number): number =>
  number === 1 && all.length > 1 ? deadlineSeconds + ttlSeconds : ttlSeconds

/**
 * A Job of one run. The first is made before all else and owns the rest, so that the cluster removes all of it by
 * itself after `deadlineSeconds` + `ttlSeconds`, whatever becomes of the client. Its pods cannot start before the
 * service account exists, and that is made last.
 */
export const job = (spec: RunSpec, plan: JobPlan, number = 1, first?: OwnerReference): KubeObject => {
  const name = jobName(spec.run, number)
  return {
    apiVersion: apiVersionOf(jobs),
    kind: jobs.kind,
    metadata: runMetadata(spec, jobs.kind, name, first),
    spec: {
      ...counts(plan.length),
      activeDeadlineSeconds: spec.deadlineSeconds,
      ttlSecondsAfterFinished: timeToLive(spec, number),
      template: { metadata: podMetadata(spec, name), spec: podSpec(spec, plan) },
    },
  }
}
