import * as E from 'fp-ts/lib/Either.js'
import { checkList } from '../../check/check-list.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../../error.js'
import { minorOf, parseVersion, printVersion, release } from '../../model/calico-version.js'
import { kindFacts } from '../../model/kind.js'
import { isPatch, patchAnnotation } from '../../model/patch.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import type { ImageSettings } from '../../runner/options.js'
import { inOrder } from '../../runner/plan/batch.js'
import { withOwnerLabels } from '../../runner/plan/plan.js'
import { withNamespace } from '../../runner/state/stored-resource.js'
import { givenOwner } from '../given-owner.js'
import { nameIssues } from '../object-name.js'

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
          hint: 'leave it out: it is only a view of what Kubernetes has',
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

/** The resources that a work is to carry, checked, in order and marked as the owner's; or what is wrong with any of it. */
export const checkContent = (
  resources: ReadonlyArray<unknown>,
  content: WorkContent,
): E.Either<Invalid, ReadonlyArray<Resource>> => {
  const { calico, owner } = content
  const usable = unlessIssues(optionIssues(content), content)
  if (E.isLeft(usable)) return usable
  const version = parseVersion(calico)
  if (E.isLeft(version)) return version
  if (version.right < release('3.28')) {
    const message = `Calico ${printVersion(version.right)} is too old`
    const hint = 'use Calico 3.28 or later, or the Runner'
    return E.left(invalid([{ rule: 'bad-option', path: ['calico'], message, hint }]))
  }
  const given = givenOwner(owner)
  if (E.isLeft(given)) return given
  return E.chain((checked: ReadonlyArray<Resource>) =>
    unlessIssues(
      checked.flatMap((it) => [...unserved(it), ...unfit(it)]),
      inOrder(checked).map((it) => (owner === undefined ? withNamespace(it) : withOwnerLabels(owner, it))),
    ),
  )(checkList(resources, { calico }))
}
