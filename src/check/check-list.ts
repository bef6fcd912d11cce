import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../error.js'
import type { Resource } from '../model/resource.js'
import { nameOf, printUnread } from '../model/resource-id.js'
import { withoutServerMetadata } from '../model/server-metadata.js'
import { type CheckOptions, check } from './check.js'
import { decodeAndCheckAs } from './decode-and-check.js'

/** A resource that is in a list twice: it is item `index`, and was item `first` before. */
export interface Duplicate {
  readonly index: number
  readonly first: number
  readonly issue: Issue
}

/** In calicoctl's words: the second `create` of a name fails, the second `apply` undoes the first. */
const twice = (resource: string): Issue => ({
  rule: 'duplicate-resource',
  path: ['metadata', 'name'],
  message: `${resource} is given twice`,
  hint: 'rename one, or remove it',
  resource,
})

/** The resources that have the kind, namespace and name of an earlier one. */
export const duplicates = (resources: ReadonlyArray<Resource>): ReadonlyArray<Duplicate> => {
  const seen = new Map<string, number>()
  return resources.flatMap((resource, index) => {
    const id = nameOf(resource)
    const first = seen.get(id)
    if (first !== undefined) return [{ index, first, issue: twice(id) }]
    seen.set(id, index)
    return []
  })
}

/** Issues of a shape do not say whose they are: the value says it, or its place in the list. */
const named = (issue: Issue, value: unknown, index: number): Issue => ({
  ...issue,
  resource: issue.resource ?? printUnread(value) ?? `resource ${index + 1}`,
})

/** Each value, read as the caller reads one; or all that is wrong with any of them. None may be there twice. */
export const readList = (
  values: ReadonlyArray<unknown>,
  readOne: (value: unknown) => E.Either<Invalid, Resource> | undefined,
): E.Either<Invalid, ReadonlyArray<Resource>> => {
  const read = values.map(readOne)
  const resources = read.flatMap((one) => (one !== undefined && E.isRight(one) ? [one.right] : []))
  const wrong = read.flatMap((one, index) =>
    one !== undefined && E.isLeft(one)
      ? one.left.issues.map((issue) => named(issue, values[index], index))
      : [],
  )
  return unlessIssues([...wrong, ...duplicates(resources).map(({ issue }) => issue)], resources)
}

/** Each value, decoded and checked, without what a server has set: that does not hinder what is written anew. */
export const checkList = (
  values: ReadonlyArray<unknown>,
  options: CheckOptions = {},
): E.Either<Invalid, ReadonlyArray<Resource>> =>
  readList(values, (value) => decodeAndCheckAs(value, options, withoutServerMetadata))

/** What was decoded before, checked: for another version, say. */
export const checkEach = (
  resources: ReadonlyArray<Resource>,
  options: CheckOptions,
): E.Either<Invalid, ReadonlyArray<Resource>> =>
  unlessIssues(
    resources.flatMap((resource) => {
      const checked = check(resource, options)
      return E.isLeft(checked) ? checked.left.issues : []
    }),
    resources,
  )
