import type { KubeObject, OwnerReference } from '../cluster/port.js'
import { type Verb, verbs } from './batch.js'
import { environment, type Program } from './image.js'
import type { Shard } from './input.js'
import { marks, runLabel } from './ownership.js'
import { podLabels } from './pod-labels.js'
import type { PodSettings } from './settings.js'
import { apiVersionOf, jobs } from './types.js'

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
  readonly shards: ReadonlyArray<Shard>
  /** After so many seconds the cluster ends the pod, whoever is still there to ask. */
  readonly deadlineSeconds: number
  readonly ttlSeconds: number
}

export const runName = (run: string): string => `typed-calico-${run}`

const jobName = (run: string, attempt: number): string =>
  attempt === 1 ? runName(run) : `${runName(run)}-${attempt}`

export const configMapName = (run: string, shard: Shard): string =>
  `${runName(run)}-${shard.file.replace('.yaml', '')}`

const runMarks = (spec: RunSpec, kind: string, name: string) => {
  const { labels, annotations } = marks(spec.owner, { kind, namespace: spec.namespace, name })
  return {
    labels: { ...labels, [runLabel]: spec.run, 'app.kubernetes.io/managed-by': 'typed-calico' },
    annotations,
  }
}

/** Metadata of an object of the run: named, marked as the owner's, and collected by the cluster with the Job. */
export const runMetadata = (spec: RunSpec, kind: string, name: string, job?: OwnerReference) => ({
  name,
  namespace: spec.namespace,
  ...runMarks(spec, kind, name),
  ...(job === undefined ? {} : { ownerReferences: [job] }),
})

const podMetadata = (spec: RunSpec, name: string) => {
  const { annotations } = runMarks(spec, jobs.kind, name)
  return {
    labels: podLabels(spec),
    annotations: { 'linkerd.io/inject': 'disabled', ...spec.pod.annotations, ...annotations },
  }
}

const container = (spec: RunSpec, verb: Verb) => ({
  name: verb,
  image: spec.program.image,
  imagePullPolicy: spec.program.pullPolicy,
  command: spec.program.command,
  args: [verb, '-f', `/in/${verb}`],
  env: environment,
  resources: spec.pod.resources ?? {
    requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
    limits: { memory: '512Mi', 'ephemeral-storage': '64Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  terminationMessagePolicy: 'FallbackToLogsOnError',
  volumeMounts: [
    { name: `in-${verb}`, mountPath: `/in/${verb}`, readOnly: true },
    { name: 'token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
  ],
})

const inputVolume = (spec: RunSpec, verb: Verb) => ({
  name: `in-${verb}`,
  projected: {
    sources: spec.shards
      .filter((shard) => shard.verb === verb)
      .map((shard) => ({ configMap: { name: configMapName(spec.run, shard) } })),
  },
})

/** A token of ten minutes, for this pod only: the automatic one may be switched off by the service account. */
const tokenVolume = {
  name: 'token',
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
}

const podSpec = (spec: RunSpec) => {
  const {
    labels: _labels,
    annotations: _annotations,
    resources: _resources,
    imagePullSecrets,
    ...pod
  } = spec.pod
  const used = verbs.filter((verb) => spec.shards.some((shard) => shard.verb === verb))
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
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      fsGroup: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: used.map((verb) => container(spec, verb)),
    volumes: [...used.map((verb) => inputVolume(spec, verb)), tokenVolume],
  }
}

/**
 * The Job of one run. It is made first and owns the rest of the run, so that the cluster removes all of it by
 * itself after `deadlineSeconds` + `ttlSeconds`, whatever becomes of the client. Its pod cannot start before the
 * service account exists, and that is made last. The Job of a later attempt is owned by the first.
 */
export const job = (spec: RunSpec, attempt = 1, first?: OwnerReference): KubeObject => {
  const name = jobName(spec.run, attempt)
  return {
    apiVersion: apiVersionOf(jobs),
    kind: jobs.kind,
    metadata: runMetadata(spec, jobs.kind, name, first),
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      activeDeadlineSeconds: spec.deadlineSeconds,
      ttlSecondsAfterFinished: spec.ttlSeconds,
      template: { metadata: podMetadata(spec, name), spec: podSpec(spec) },
    },
  }
}
