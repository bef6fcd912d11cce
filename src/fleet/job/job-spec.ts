import type { KubeObject } from '../../cluster/port.js'
import { apiVersionOf, jobs } from '../../cluster/resource-types.js'
import { containerSecurity, podSecurity } from '../../runner/pod/restricted.js'
import type { FleetTask } from '../run/fleet-task.js'
import { workExits } from './work-result.js'

/** What a fleet's Job is made of. */
export interface FleetJob {
  readonly name: string
  /** Of all that is made for these clusters: several Jobs, if they are many. */
  readonly fleet: string
  /** How many Jobs that are. */
  readonly jobs: number
  readonly namespace: string
  readonly image: string
  readonly command: ReadonlyArray<string>
  readonly task: FleetTask['task']
  readonly flags: ReadonlyArray<string>
  /** The kubeconfig Secrets, by index. */
  readonly secrets: ReadonlyArray<string>
  readonly key: string
  /** ConfigMaps with the settings and the resources. */
  readonly inputs: ReadonlyArray<string>
  readonly hasResources: boolean
  readonly parallelism: number
  readonly retries: number
  readonly deadlineSeconds: number
  readonly ttlSeconds?: number
  readonly maxFailedIndexes?: number
  readonly suspend: boolean
}

/** By them the Jobs and their ConfigMaps are found together: the one goes without the others. */
export const fleetLabels = (name: string) => ({
  'app.kubernetes.io/managed-by': 'typed-calico',
  'app.kubernetes.io/instance': name,
})

/** On each of several Jobs: how many they are, so that a missing one shows. */
export const jobsAnnotation = 'typed-calico.projectcalico.org/jobs'

/** Below the clusters' volume, each index has a folder with its Secret in it. */
const clusterVolume = 'clusters'

/** The mount shows the index' own folder: the others' credentials are not in the container. */
const mounts = [
  { name: clusterVolume, mountPath: '/cluster', subPathExpr: '$(JOB_COMPLETION_INDEX)', readOnly: true },
  { name: 'input', mountPath: '/input', readOnly: true },
  { name: 'tmp', mountPath: '/tmp' },
]

const container = ({ image, command, task, flags, hasResources }: FleetJob) => ({
  name: 'work',
  image,
  imagePullPolicy: 'IfNotPresent',
  command,
  args: [
    'fleet',
    'work',
    task,
    ...(hasResources ? ['/input/resources'] : []),
    '--settings',
    '/input/settings.json',
    '--kubeconfig',
    '/cluster/kubeconfig',
    '--report',
    '/dev/termination-log',
    ...flags,
  ],
  env: [{ name: 'HOME', value: '/tmp' }],
  resources: {
    requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '16Mi' },
    limits: { memory: '512Mi', 'ephemeral-storage': '64Mi' },
  },
  securityContext: containerSecurity,
  terminationMessagePolicy: 'FallbackToLogsOnError',
  volumeMounts: mounts,
})

/** A Secret that is not there is that index' failure, and holds up no other. */
const clusterSource = (key: string) => (name: string, index: number) => ({
  secret: { name, optional: true, items: [{ key, path: `${index}/kubeconfig` }] },
})

const inputItems = (name: string, index: number) => ({
  configMap: {
    name,
    ...(index === 0
      ? { items: [{ key: 'settings.json', path: 'settings.json' }] }
      : { items: [{ key: 'resources.yaml', path: `resources/${String(index).padStart(4, '0')}.yaml` }] }),
  },
})

const exit = (code: number) => ({ containerName: 'work', operator: 'In', values: [code] })

/** The first that fits decides. A pod that was drained or preempted says nothing of its cluster. */
const failureRules = [
  { action: 'FailIndex', onExitCodes: exit(workExits.hopeless) },
  { action: 'Ignore', onExitCodes: exit(workExits.notBegun) },
  { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
]

/**
 * One Indexed Job, a pod for each cluster: Kubernetes counts, retries, suspends, and ends it. Its pods have no rights on the cluster
 * they run on: what they have to say is their termination message.
 */
export const fleetJob = (job: FleetJob): KubeObject => {
  const { name, namespace, secrets, retries, parallelism, deadlineSeconds, ttlSeconds, maxFailedIndexes } =
    job
  return {
    apiVersion: apiVersionOf(jobs),
    kind: jobs.kind,
    metadata: {
      name,
      namespace,
      labels: fleetLabels(job.fleet),
      ...(job.jobs === 1 ? {} : { annotations: { [jobsAnnotation]: `${job.jobs}` } }),
    },
    spec: {
      completionMode: 'Indexed',
      completions: secrets.length,
      parallelism: Math.min(parallelism, secrets.length),
      backoffLimitPerIndex: retries,
      ...(maxFailedIndexes === undefined ? {} : { maxFailedIndexes }),
      podFailurePolicy: { rules: failureRules },
      activeDeadlineSeconds: deadlineSeconds,
      ...(ttlSeconds === undefined ? {} : { ttlSecondsAfterFinished: ttlSeconds }),
      suspend: job.suspend,
      template: {
        metadata: { labels: fleetLabels(job.fleet) },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          securityContext: podSecurity,
          containers: [container(job)],
          volumes: [
            {
              name: clusterVolume,
              projected: { defaultMode: 0o440, sources: secrets.map(clusterSource(job.key)) },
            },
            {
              name: 'input',
              projected: { sources: job.inputs.map((it, index) => inputItems(it, index)) },
            },
            { name: 'tmp', emptyDir: { sizeLimit: '32Mi' } },
          ],
        },
      },
    },
  }
}

interface PodVolume {
  readonly name?: unknown
  readonly projected?: { readonly sources?: ReadonlyArray<{ readonly secret?: { readonly name?: unknown } }> }
}

/** The Secrets of a fleet's Job, by index; none where it is another Job. */
export const secretsIn = (job: KubeObject): ReadonlyArray<string> => {
  const volumes: ReadonlyArray<PodVolume> = Object(Object(Object(job.spec).template).spec).volumes ?? []
  const sources = volumes.find(({ name }) => name === clusterVolume)?.projected?.sources ?? []
  return sources.flatMap(({ secret }) => (typeof secret?.name === 'string' ? [secret.name] : []))
}
