import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'

const sizeOf = (resource: Resource): number => new TextEncoder().encode(JSON.stringify(resource)).length

const tooLarge = (resource: Resource, limit: number): ReadonlyArray<Issue> =>
  sizeOf(resource) <= limit
    ? []
    : [
        {
          rule: 'too-large',
          path: [],
          message: `it has ${sizeOf(resource)} bytes: a ManifestWork holds 500 KiB`,
          hint: 'divide it into several resources',
          resource: printResource(resource),
        },
      ]

/** The resources in their order, in parts that have no more than so many bytes as JSON. */
export const inParts = (
  resources: ReadonlyArray<Resource>,
  limit: number,
): E.Either<Invalid, ReadonlyArray<ReadonlyArray<Resource>>> => {
  const parts: Array<Array<Resource>> = [[]]
  let room = limit
  for (const resource of resources) {
    const size = sizeOf(resource)
    if (size > room && (parts.at(-1)?.length ?? 0) > 0) {
      parts.push([])
      room = limit
    }
    parts.at(-1)?.push(resource)
    room -= size
  }
  return E.map(() => parts as ReadonlyArray<ReadonlyArray<Resource>>)(
    unlessIssues(
      resources.flatMap((it) => tooLarge(it, limit)),
      parts,
    ),
  )
}
