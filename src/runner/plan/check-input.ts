import * as E from 'fp-ts/lib/Either.js'
import { checkEach, checkList } from '../../check/check-list.js'
import { type Invalid, type Issue, invalid, unlessIssues } from '../../error.js'
import type { Kind, Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import { checkPatches } from './check-patches.js'

type Checked = E.Either<Invalid, ReadonlyArray<Resource>>

/** What the owner said it does not have: cleanup() would not find it. */
const notChosen = (resource: Resource, kinds: ReadonlyArray<Kind>): Issue => ({
  rule: 'kind-not-chosen',
  path: ['kind'],
  message: `a ${resource.kind} is not among this Runner's kinds`,
  hint: `add it to the option kinds: ${kinds.join(', ')}`,
  resource: nameOf(resource),
})

const notAList: Issue = {
  rule: 'wrong-type',
  path: [],
  message: 'expected a list of resources',
  hint: 'pass a list, also of one: [networkPolicy(…)]',
}

/** The input as resources, before the cluster is asked for its version: refused is what no Calico takes. */
export const readInput = (input: ReadonlyArray<unknown>, kinds: ReadonlyArray<Kind>): Checked => {
  if (!Array.isArray(input)) return E.left(invalid([notAList]))
  const decoded = E.chain(checkPatches)(checkList(input, { calico: 'any' }))
  return E.chain((resources: ReadonlyArray<Resource>) => {
    const others = resources.filter(({ kind }) => !kinds.includes(kind))
    return unlessIssues(
      others.map((resource) => notChosen(resource, kinds)),
      resources,
    )
  })(decoded)
}

/** The resources, if the cluster's Calico takes them. */
export const checkInput = (resources: ReadonlyArray<Resource>, calico: string): Checked =>
  checkEach(resources, { calico })
