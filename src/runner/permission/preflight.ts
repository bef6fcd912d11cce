import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { stringify } from 'yaml'
import { inParallel } from '../../async/parallel.js'
import { task, type Unwrap } from '../../async/task.js'
import { accessReviews, apiVersionOf } from '../../cluster/resource-types.js'
import type { MissingPermissions, RunnerError } from '../error.js'
import type { CallContext } from '../run-context.js'
import { type Access, escalation, grantedAccess, type Need, neededAccess, printAccess } from './access.js'

const Review = t.type({ status: t.type({ allowed: t.boolean }) })

const allowed = async (
  context: CallContext,
  access: Access,
  unwrap: Unwrap<RunnerError>,
): Promise<boolean> => {
  const { orName: _orName, ...attributes } = access
  const [resource, subresource] = access.resource.split('/')
  const answer = await unwrap(
    context.cluster.create(
      accessReviews,
      {
        apiVersion: apiVersionOf(accessReviews),
        kind: accessReviews.kind,
        metadata: { name: '' },
        spec: {
          resourceAttributes: {
            ...attributes,
            resource,
            ...(subresource === undefined ? {} : { subresource }),
          },
        },
      },
      context,
    ),
  )
  const review = Review.decode(answer)
  return E.isRight(review) && review.right.status.allowed
}

const withoutName = ({ name: _name, ...access }: Access): Access => access

const asIs = (access: Access): Access => access
const byOtherName = ({ orName: name, ...access }: Access): Access =>
  name === undefined ? access : { ...access, name }

const yamlFor = (missing: ReadonlyArray<Access>): string => {
  const byTarget = new Map<string, { readonly access: Access; readonly verbs: Set<string> }>()
  for (const access of missing) {
    const key = `${access.group}/${access.resource}/${access.name ?? ''}`
    const entry = byTarget.get(key) ?? { access, verbs: new Set<string>() }
    entry.verbs.add(access.verb)
    byTarget.set(key, entry)
  }
  return stringify({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'typed-calico-runner' },
    rules: [...byTarget.values()].map(({ access, verbs }) => ({
      apiGroups: [access.group],
      resources: [access.resource],
      verbs: [...verbs],
      ...(access.name === undefined ? {} : { resourceNames: [access.name] }),
    })),
  })
}

export const missingPermissions = (missing: ReadonlyArray<Access>): MissingPermissions => ({
  _tag: 'MissingPermissions',
  message: `these credentials may not: ${missing.slice(0, 8).map(printAccess).join('; ')}${missing.length > 8 ? `; and ${missing.length - 8} more` : ''}`,
  hint: 'ask an administrator to apply the ClusterRole in `yaml` and bind it to these credentials, or use rbac: { serviceAccount }',
  missing: missing.map(printAccess),
  yaml: yamlFor(missing),
})

/** What of this these credentials may not do. Asks, and changes nothing. */
export const missingAccess = (
  context: CallContext,
  need: Need,
): TaskEither<RunnerError, ReadonlyArray<Access>> =>
  task(async (unwrap) => {
    /** Those that are refused when asked for as `as` puts them: each question once. */
    const refused = async (accesses: ReadonlyArray<Access>, as: (access: Access) => Access) => {
      const asked = new Map(accesses.map((access) => [printAccess(as(access)), as(access)]))
      const answers = await inParallel([...asked.values()], (it) => allowed(context, it, unwrap))
      const no = new Set([...asked.keys()].filter((_, index) => answers[index] === false))
      return accesses.filter((access) => no.has(printAccess(as(access))))
    }
    // Who may do it to all objects may do it to each: one question instead of one for each name.
    const denied = async (accesses: ReadonlyArray<Access>): Promise<ReadonlyArray<Access>> => {
      const open = await refused(await refused(accesses, withoutName), asIs)
      const missing = await refused(open, byOtherName)
      return [...new Map(missing.map((access) => [printAccess(access), access])).values()]
    }
    const missing = await denied(neededAccess(need))
    const ungrantable = await denied(grantedAccess(need.grants))
    const escalates = ungrantable.length === 0 || (await denied(escalation)).length === 0
    return [...missing, ...(escalates ? [] : ungrantable)]
  })

/**
 * Asks the cluster, before anything is written, whether the Runner may do all that the run needs. The rights that
 * it hands out it must have itself, unless it may escalate and bind.
 */
export const preflight = (context: CallContext, need: Need): TaskEither<RunnerError, void> =>
  task(async (unwrap, fail) => {
    const missing = await unwrap(missingAccess(context, need))
    if (missing.length > 0) fail(missingPermissions(missing))
  })
