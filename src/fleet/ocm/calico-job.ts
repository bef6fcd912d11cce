import { createHash } from 'node:crypto'
import type { KubeObject } from '../../cluster/port.js'
import { apiVersionOf, configMaps, jobs } from '../../cluster/resource-types.js'
import { isTiered } from '../../model/kind.js'
import type { Resource } from '../../model/resource.js'
import { namespaceOf } from '../../model/resource-id.js'
import { programFor } from '../../runner/calicoctl/image.js'
import type { ImageSettings } from '../../runner/options.js'
import { type Grant, grantsFor } from '../../runner/permission/grants.js'
import { inOrder } from '../../runner/plan/batch.js'
import { podLabels } from '../../runner/pod/pod-labels.js'
import {
  containerResources,
  containerSecurity,
  podSecurity,
  tokenMount,
  tokenVolume,
} from '../../runner/pod/restricted.js'
import type { Calico } from '../../runner/state/calico-cluster.js'
import { storageName, storageType } from '../../runner/state/stored-resource.js'
import { toYaml } from '../../yaml/print/print.js'

/** What calicoctl is to do with the resources of a Job. */
export type JobAction = 'apply' | 'delete'

export interface CalicoJob {
  readonly name: string
  readonly namespace: string
  readonly calico: Calico
  readonly action: JobAction
  readonly resources: ReadonlyArray<Resource>
  readonly serviceAccount: string
  readonly owner?: string
  readonly image?: ImageSettings
}

const unique = (names: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(names)].sort()

const deletion = (resources: ReadonlyArray<Resource>, calico: Calico): ReadonlyArray<Grant> => {
  const places = [...new Set(resources.map(namespaceOf))]
  return places.map((namespace) => {
    const here = resources.filter((it) => namespaceOf(it) === namespace)
    const rules = [...new Set(here.map(({ kind }) => kind))].map((kind) => {
      const names = here.filter((it) => it.kind === kind).map((it) => storageName(it, calico.version))
      const { group, resource } = storageType(kind, calico.group)
      return {
        apiGroups: [group],
        resources: [resource],
        verbs: ['get', 'delete'],
        resourceNames: unique(names),
      }
    })
    return namespace === undefined ? { rules } : { namespace, rules }
  })
}

/** The least that calicoctl needs: to apply, or to delete, these very resources. */
export const jobRights = ({
  action,
  resources,
  calico,
}: Pick<CalicoJob, 'action' | 'resources' | 'calico'>): ReadonlyArray<Grant> => {
  if (action === 'apply') return grantsFor({ create: resources, replace: resources }, calico)
  const [version] = grantsFor({ create: [], replace: [] }, calico)
  // Since 3.29 it looks up the tier of a policy that it deletes, too.
  const [withTiers] = grantsFor(
    { create: [], replace: resources.filter(({ kind }) => isTiered(kind)) },
    calico,
  )
  const tiers = (withTiers?.rules ?? []).filter(({ resources: [resource] }) => resource === 'tiers')
  return [{ rules: [...(version?.rules ?? []), ...tiers] }, ...deletion(resources, calico)]
}

const container = ({ calico, action, image = {} }: CalicoJob) => {
  const program = programFor(calico, image)
  const verb = action === 'apply' ? ['apply'] : ['delete', '--skip-not-exists']
  return {
    name: action,
    image: program.image,
    imagePullPolicy: program.pullPolicy,
    command: program.command,
    args: [...verb, '-f', '/in/resources.yaml'],
    env: program.environment,
    resources: containerResources,
    securityContext: containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: 'in', mountPath: '/in', readOnly: true }, tokenMount],
  }
}

/** By a digest of all that it does: a Job cannot be changed, so another input is another Job. */
const digestOf = (text: string, job: CalicoJob): string =>
  createHash('sha256')
    .update(JSON.stringify([text, container(job)]))
    .digest('hex')
    .slice(0, 10)

/**
 * The Runner's Job without a Runner: calicoctl of the cluster's own version, in a pod that has nothing but its input and the
 * rights to it. It applies: whoever made what has these names, it is written over.
 */
export const calicoJob = (job: CalicoJob): ReadonlyArray<KubeObject> => {
  const { namespace, owner = '', action } = job
  const resources = inOrder(job.resources)
  const text = toYaml(...(action === 'apply' ? resources : [...resources].reverse()))
  const name = `${job.name}-${digestOf(text, job)}`
  const pod = { serviceAccountName: job.serviceAccount, automountServiceAccountToken: false }
  const labels = podLabels({ owner, run: name, namespace, pod: {} })
  return [
    {
      apiVersion: apiVersionOf(configMaps),
      kind: configMaps.kind,
      metadata: { name, namespace },
      immutable: true,
      data: { 'resources.yaml': text },
    },
    {
      apiVersion: apiVersionOf(jobs),
      kind: jobs.kind,
      metadata: { name, namespace },
      spec: {
        backoffLimit: 3,
        activeDeadlineSeconds: 600,
        template: {
          metadata: { labels },
          spec: {
            ...pod,
            restartPolicy: 'Never',
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 1,
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            securityContext: podSecurity,
            containers: [container(job)],
            volumes: [{ name: 'in', configMap: { name } }, tokenVolume],
          },
        },
      },
    },
  ]
}
