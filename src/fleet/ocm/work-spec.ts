import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import type { Invalid } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { namespaceOf } from '../../model/resource-id.js'
import type { Calico } from '../../runner/state/calico-cluster.js'
import { storageType } from '../../runner/state/stored-resource.js'
import { calicoJob, jobRights } from './calico-job.js'
import { applyConfig, jobConfig, type ManifestConfig } from './feedback.js'
import { inParts } from './parts.js'
import { accountWith, applyingRights } from './rights.js'
import { checkContent, type WorkContent } from './work-content.js'

/** The spec of a ManifestWork, or of a template of such. */
export interface WorkSpec {
  readonly name: string
  readonly spec: {
    readonly workload: { readonly manifests: ReadonlyArray<object> }
    readonly executor?: object
    readonly deleteOption?: object
    readonly manifestConfigs?: ReadonlyArray<ManifestConfig>
  }
}

/** OCM refuses more of manifests in one work. **Source**: `pkg/work/webhook/option.go`; the rest is for what is around them. */
const workBytes = 480 * 1024

/** When a work that has removed all removes itself. */
const goneAfterSeconds = 60
const executorOf = (name: string, namespace: string) => ({
  subject: { type: 'ServiceAccount', serviceAccount: { name, namespace } },
})

const native = (resource: Resource) => {
  const { group, resource: plural } = storageType(resource.kind, 'projectcalico.org')
  return { group, resource: plural, namespace: namespaceOf(resource), name: resource.metadata.name }
}

interface Carried {
  readonly manifests: ReadonlyArray<object>
  readonly configs: ReadonlyArray<ManifestConfig>
}

/** The objects of one part: the resources themselves, or the Job that brings them. */
const carried = (content: WorkContent, name: string, resources: ReadonlyArray<Resource>): Carried => {
  if (content.carry === 'resources') {
    const configs = resources.map((it) => {
      const { namespace, ...id } = native(it)
      return applyConfig(namespace === undefined ? id : { ...id, namespace })
    })
    return { manifests: resources, configs }
  }
  const objects = calicoJob(jobOf(content, name, resources))
  return { manifests: objects, configs: objects.filter(({ kind }) => kind === 'Job').map(jobConfig) }
}

const calicoOf = ({ calico, native: isNative = false }: WorkContent): Calico => ({
  version: calico.replace(/^v/, ''),
  group: isNative ? 'projectcalico.org' : 'crd.projectcalico.org',
})

const jobOf = (content: WorkContent, name: string, resources: ReadonlyArray<Resource>) => {
  const { namespace = 'default', task = 'apply', image, owner } = content
  return {
    name,
    namespace,
    calico: calicoOf(content),
    action: task === 'apply' ? ('apply' as const) : ('delete' as const),
    resources,
    serviceAccount: `${content.name}-calicoctl`,
    ...(image === undefined ? {} : { image }),
    ...(owner === undefined ? {} : { owner }),
  }
}

const idOf = ({ kind, metadata: { name, namespace } }: KubeObject) => ({
  group: kind === 'Job' ? 'batch' : '',
  resource: kind === 'Job' ? 'jobs' : 'configmaps',
  namespace,
  name,
})

/** The accounts: that of the work agent for these works, and calicoctl's. They come by the agent's own rights. */
const rightsFor = (
  content: WorkContent,
  resources: ReadonlyArray<Resource>,
  parts: ReadonlyArray<Carried>,
): ReadonlyArray<object> => {
  const { namespace = 'default', name, carry } = content
  const executor = { name: `${name}-executor`, namespace }
  if (carry === 'resources') {
    const calico = { version: content.calico, group: 'projectcalico.org' as const }
    const tiers = jobRights({ action: 'apply', resources, calico }).map(({ namespace: place, rules }) => ({
      ...(place === undefined ? {} : { namespace: place }),
      rules: rules.filter(({ resources: [it = ''] }) => it === 'tiers' || it.startsWith('tier.')),
    }))
    return accountWith(executor, [...applyingRights(resources.map(native)), ...tiers])
  }
  const objects = parts.flatMap(({ manifests }) => manifests as ReadonlyArray<KubeObject>)
  const job = jobOf(content, name, resources)
  return [
    ...accountWith(executor, applyingRights(objects.map(idOf))),
    ...accountWith({ name: job.serviceAccount, namespace }, jobRights(job)),
  ]
}

/** The works that bring the resources to a cluster: first the one with the rights, then what is done with them. */
export const workSpecs = (
  resources: ReadonlyArray<unknown>,
  content: WorkContent,
): E.Either<Invalid, ReadonlyArray<WorkSpec>> => {
  const marked = checkContent(resources, content)
  if (E.isLeft(marked)) return marked
  const divided = inParts(marked.right, workBytes)
  if (E.isLeft(divided)) return divided
  const { name, namespace = 'default', carry, task = 'apply' } = content
  const named = (index: number): string => (index === 0 ? name : `${name}-${index + 1}`)
  const parts = divided.right.map((some, index) => carried(content, named(index), some))
  const endsItself = carry === 'job' && task === 'remove'
  return E.right([
    { name: `${name}-rights`, spec: { workload: { manifests: rightsFor(content, marked.right, parts) } } },
    ...parts.map(({ manifests, configs }, index) => ({
      name: named(index),
      spec: {
        workload: { manifests },
        executor: executorOf(`${name}-executor`, namespace),
        deleteOption: {
          propagationPolicy: 'Foreground',
          ...(endsItself ? { ttlSecondsAfterFinished: goneAfterSeconds } : {}),
        },
        manifestConfigs: configs,
      },
    })),
  ])
}
