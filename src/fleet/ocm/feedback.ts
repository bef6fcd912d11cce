import type { KubeObject } from '../../cluster/port.js'
import { jobs } from '../../cluster/resource-types.js'

/** Where a ManifestWork's settings for one manifest say which it is. */
interface ResourceIdentifier {
  readonly group: string
  readonly resource: string
  readonly namespace?: string
  readonly name: string
}

export interface ManifestConfig {
  readonly resourceIdentifier: ResourceIdentifier
  readonly [field: string]: unknown
}

const hasCondition = (type: string): string =>
  `has(object.status) && has(object.status.conditions) && object.status.conditions.exists(c, c.type == "${type}" && c.status == "True")`

const statusOf = (type: string): string => `.status.conditions[?(@.type=="${type}")].status`

/**
 * How the end of a Job comes back to the hub: as values of its status, and as the conditions `Complete` and `Failed` of the
 * manifest, which OCM takes for the end of the whole work. It is made once: all of a Job that can change is its number of pods.
 */
export const jobConfig = ({ metadata: { name, namespace = 'default' } }: KubeObject): ManifestConfig => ({
  resourceIdentifier: { group: jobs.group, resource: jobs.resource, namespace, name },
  updateStrategy: { type: 'CreateOnly' },
  feedbackRules: [
    {
      type: 'JSONPaths',
      jsonPaths: [
        { name: 'complete', path: statusOf('Complete') },
        { name: 'failed', path: statusOf('Failed') },
        { name: 'succeededPods', path: '.status.succeeded' },
        { name: 'failedPods', path: '.status.failed' },
      ],
    },
  ],
  conditionRules: ['Complete', 'Failed'].map((condition) => ({
    type: 'CEL',
    condition,
    celExpressions: [hasCondition(condition)],
    message:
      condition === 'Complete' ? 'calicoctl has done all of it' : 'calicoctl failed, or ran out of time',
  })),
})

/**
 * By server-side apply, as the work agent: what Calico fills in is not ours, and no change. What others have set of what is
 * sent is taken from them: an engine that gives in to them would report a drift for ever.
 */
export const applyConfig = (resourceIdentifier: ResourceIdentifier): ManifestConfig => ({
  resourceIdentifier,
  updateStrategy: {
    type: 'ServerSideApply',
    serverSideApply: { fieldManager: 'work-agent-typed-calico', force: true },
  },
})
