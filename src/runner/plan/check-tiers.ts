import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { inParallel } from '../../async/parallel.js'
import { task } from '../../async/task.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { isKindIn } from '../../model/kind.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import type { RunContext } from '../run-context.js'
import { tierOf } from '../state/policy-tier.js'
import { storageType } from '../state/stored-resource.js'

const isMissing = async (context: RunContext, name: string): Promise<boolean> => {
  const found = await context.cluster.get(
    { type: storageType('Tier', context.calico.group), name },
    context,
  )()
  return E.isLeft(found) && found.left._tag === 'NotFound'
}

const issueOf = (resource: Resource, tier: string): Issue => ({
  rule: 'missing-tier',
  path: ['spec', 'tier'],
  message: `there is no tier ${JSON.stringify(tier)} on the cluster`,
  hint: 'apply the Tier together with its policies, or name one that is there',
  source: 'libcalico-go/lib/clientv3/globalnetworkpolicy.go',
  resource: nameOf(resource),
})

/**
 * Refuses policies in tiers that are neither on the cluster nor among the resources: Calico would refuse them one by one,
 * when others are written. What may not be read is left to Calico.
 */
export const checkTiers = (
  context: RunContext,
  resources: ReadonlyArray<Resource>,
): TaskEither<Invalid, void> =>
  task(async (unwrap) => {
    if (!isKindIn('Tier', context.calico.version)) return
    const given = new Set(resources.flatMap(({ kind, metadata }) => (kind === 'Tier' ? [metadata.name] : [])))
    const named = [...new Set(resources.flatMap(tierOf))].filter(
      (tier) => !given.has(tier) && tier !== 'default',
    )
    const there = await inParallel(named, (tier) => isMissing(context, tier))
    const missing = new Set(named.filter((_, index) => there[index] === true))
    const issues = resources.flatMap((resource) =>
      tierOf(resource).flatMap((tier) => (missing.has(tier) ? [issueOf(resource, tier)] : [])),
    )
    await unwrap(unlessIssues(issues, undefined))
  })
