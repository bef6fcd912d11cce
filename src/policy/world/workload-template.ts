import { isPlain } from '../../model/codec/json.js'
import type { Manifest } from './manifest.js'

/** The kinds that make pods, with the groups that have them. */
const makers: Readonly<Record<string, string>> = {
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  ReplicationController: 'v1',
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields => (isPlain(value) ? value : {})

/** Whether something of the kind makes pods. */
export const isMaker = (kind: string): boolean => Object.hasOwn(makers, kind)

/** Whether the object is one that makes pods. */
export const makesPods = ({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean =>
  isMaker(kind) && apiVersion.split('/')[0] === makers[kind]

/** Labels that Kubernetes puts on the pods of a job. */
const addedLabels = ({ kind, metadata }: Manifest): Readonly<Record<string, string>> =>
  kind === 'Job' ? { 'job-name': metadata.name, 'batch.kubernetes.io/job-name': metadata.name } : {}

/**
 * The pod that a workload makes, under the workload's own name: all of its replicas are one peer. `undefined` for what is
 * no workload. Labels that Kubernetes adds by pod (`pod-template-hash` and the like) are not there.
 */
export const podOfWorkload = (workload: Manifest): Manifest | undefined => {
  if (!makesPods(workload)) return undefined
  const spec = fieldsOf(workload.spec)
  const own = workload.kind === 'CronJob' ? fieldsOf(fieldsOf(spec.jobTemplate).spec) : spec
  const template = fieldsOf(own.template)
  const labels = fieldsOf(fieldsOf(template.metadata).labels) as Readonly<Record<string, string>>
  const { name, namespace } = workload.metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...addedLabels(workload), ...labels },
    },
    spec: fieldsOf(template.spec),
  }
}

/** The owner that makes the object, as `ReplicaSet(shop/web-6b7f9)`. */
export const ownerOf = ({ metadata }: Manifest): string | undefined => {
  const owners: unknown = 'ownerReferences' in metadata ? metadata.ownerReferences : undefined
  const owner = (Array.isArray(owners) ? owners : []).find((it) => isPlain(it) && it.controller === true)
  return owner === undefined ? undefined : `${owner.kind}(${metadata.namespace ?? 'default'}/${owner.name})`
}
