import * as E from 'fp-ts/lib/Either.js'
import { checkList } from '../../check/check-list.js'
import type { KubeObject } from '../../cluster/port.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../../error.js'
import { minorOf, parseVersion, printVersion, release } from '../../model/calico-version.js'
import { kindFacts } from '../../model/kind.js'
import { isPatch, patchAnnotation } from '../../model/patch.js'
import type { Resource } from '../../model/resource.js'
import { namespaceOf, printResource } from '../../model/resource-id.js'
import type { ImageSettings } from '../../runner/options.js'
import { inOrder } from '../../runner/plan/batch.js'
import { withOwnerLabels } from '../../runner/plan/plan.js'
import type { Calico } from '../../runner/state/calico-cluster.js'
import { storageType, withNamespace } from '../../runner/state/stored-resource.js'
import { nameIssues } from '../gardener/object-name.js'
import { givenOwner } from '../given-owner.js'
import { calicoJob, jobRights } from './calico-job.js'
import { applyConfig, jobConfig, type ManifestConfig } from './feedback.js'
import { inParts } from './parts.js'
import { accountWith, applyingRights } from './rights.js'

/** What a work carries to each cluster, and how it gets there. */
export interface WorkContent {
  /** Of the ManifestWork on the hub. Its rights are a work of their own, `NAME-rights`; further parts have a number. */
  readonly name: string
  /** The release of Calico that the clusters run. */
  readonly calico: string
  /**
   * `resources`: `projectcalico.org/v3` itself, for clusters in native mode and for those with Calico's API server. `job`:
   * calicoctl in a Job on the cluster, for all others.
   */
  readonly carry: 'resources' | 'job'
  /** `remove` deletes the resources by a Job, for `carry: 'job'`: a work that goes leaves what its Job did. Default: `apply`. */
  readonly task?: 'apply' | 'remove'
  /** Whether a Job finds resources in native mode. */
  readonly native?: boolean
  /** Marks the resources as the Runner does. */
  readonly owner?: string
  /** On the managed cluster: where the service accounts, and the Job, are. It has to be there. Default: `default`. */
  readonly namespace?: string
  /** Of the Job. Default: Calico's own, of that release. */
  readonly image?: ImageSettings
}

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

const optionIssues = (content: WorkContent): ReadonlyArray<Issue> => {
  const { name, namespace = 'default', carry, task = 'apply', calico, native = false } = content
  const wrong = (option: string, message: string, hint: string): Issue => ({
    rule: 'bad-option',
    path: [option],
    message,
    hint,
  })
  return [
    // A digest and a number of the part come behind, and a Job's pods take its name into a label.
    ...nameIssues('name', name, 40),
    ...nameIssues('namespace', namespace, 63),
    ...(task === 'remove' && carry === 'resources'
      ? [wrong('task', 'resources go with their work', 'delete the ManifestWork, or carry a job')]
      : []),
    ...(native && minorOf(calico) < 32
      ? [
          wrong(
            'native',
            `Calico ${calico} has no native mode`,
            'leave it out: 3.32 is the first that has it',
          ),
        ]
      : []),
    ...(carry === 'job' && !/^v?\d+\.\d+\.\d+/.test(calico)
      ? [wrong('calico', 'a Job runs the very release of the cluster', 'name it with its patch: 3.31.6')]
      : []),
  ]
}

const unserved = (resource: Resource): ReadonlyArray<Issue> =>
  kindFacts[resource.kind].writable
    ? []
    : [
        {
          rule: 'bad-option',
          path: ['kind'],
          message: `a ${resource.kind} cannot be written`,
          hint: 'leave it out: it is a reading of what Kubernetes has',
          resource: printResource(resource),
        },
      ]

/** A work, or the Job that it carries, writes whole resources. */
const unfit = (resource: Resource): ReadonlyArray<Issue> =>
  isPatch(resource)
    ? [
        {
          rule: 'bad-option',
          path: ['metadata', 'annotations', patchAnnotation],
          message:
            'fields to set of what others own cannot be in a ManifestWork, which would replace the whole',
          hint: 'set them with the Runner, or by runFleet',
          resource: printResource(resource),
        },
      ]
    : []

const markedFor = (
  resources: ReadonlyArray<unknown>,
  { calico, owner }: WorkContent,
): E.Either<Invalid, ReadonlyArray<Resource>> => {
  const version = parseVersion(calico)
  if (E.isLeft(version)) return version
  if (version.right < release('3.28')) {
    const message = `Calico ${printVersion(version.right)} is too old`
    const hint = 'use Calico 3.28 or later, or the Runner'
    return E.left(invalid([{ rule: 'bad-option', path: ['calico'], message, hint }]))
  }
  const usable = givenOwner(owner)
  if (E.isLeft(usable)) return usable
  return E.chain((checked: ReadonlyArray<Resource>) =>
    unlessIssues(
      checked.flatMap((it) => [...unserved(it), ...unfit(it)]),
      inOrder(checked).map((it) => (owner === undefined ? withNamespace(it) : withOwnerLabels(owner, it))),
    ),
  )(checkList(resources, { calico }))
}

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
  const usable = unlessIssues(optionIssues(content), content)
  if (E.isLeft(usable)) return usable
  const marked = markedFor(resources, content)
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
