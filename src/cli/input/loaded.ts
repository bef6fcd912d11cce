import type * as E from 'fp-ts/lib/Either.js'
import { duplicates } from '../../check/check-list.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import type { Comment } from '../../yaml/read/comments.js'
import type { CliFailure } from '../failure.js'

/** A file that was read: its resources, or all that is wrong with them. */
export interface Loaded {
  readonly file: string
  readonly resources: ReadonlyArray<Resource>
  readonly issues: ReadonlyArray<Issue>
  /** Objects in it that are not Calico's. */
  readonly skipped: ReadonlyArray<unknown>
  /** What became of it that nobody would see otherwise. */
  readonly notes: ReadonlyArray<string>
  /** The comments about each of the resources, where they are to be kept. */
  readonly comments?: ReadonlyArray<ReadonlyArray<Comment>>
  /** An issue of one of the resources, with line, column and excerpt, where there is a text to show. */
  readonly show?: (index: number, issue: Issue) => Issue
}

/** The files, and in each the issues that some of its resources are in an earlier one as well. */
export const withDuplicates = (files: ReadonlyArray<Loaded>): ReadonlyArray<Loaded> => {
  const places = files.flatMap((loaded) => loaded.resources.map((_, at) => ({ loaded, at })))
  const twice = duplicates(files.flatMap(({ resources }) => resources))
  return files.map((loaded) => {
    const issues = twice.flatMap(({ index, first, issue }): ReadonlyArray<Issue> => {
      const place = places[index]
      const other = places[first]?.loaded.file
      if (place?.loaded !== loaded) return []
      const message = other === loaded.file ? issue.message : `${issue.resource} is also in ${other}`
      return [loaded.show?.(place.at, { ...issue, message }) ?? { ...issue, message }]
    })
    return { ...loaded, issues: [...loaded.issues, ...issues] }
  })
}

/** The issue, with its file, line and column as its place. */
export const placed = (file: string, { at, resource, ...issue }: Issue): Issue => {
  const where = at === undefined ? file : `${file}:${at.line}:${at.column}`
  return { ...issue, resource: resource === undefined ? where : `${where} · ${resource}` }
}

/** An issue that names one of the resources, at its place in the files. */
const placedIn =
  (files: ReadonlyArray<Loaded>) =>
  (issue: Issue): Issue => {
    for (const { file, resources, show } of files) {
      const index = resources.findIndex((resource) => printResource(resource) === issue.resource)
      if (index !== -1) return placed(file, show?.(index, issue) ?? issue)
    }
    return issue
  }

/** A failure that is about resources of the files, with their places. */
export const placeFailure =
  (files: ReadonlyArray<Loaded>) =>
  (failure: CliFailure): CliFailure => {
    if (failure._tag !== 'Invalid') return failure
    const [first, ...others] = failure.issues
    const place = placedIn(files)
    return { ...failure, issues: [place(first), ...others.map(place)] }
  }

/** The resources of all files, or all issues of all files, each with its file, line and column. */
export const allResources = (files: ReadonlyArray<Loaded>): E.Either<Invalid, ReadonlyArray<Resource>> =>
  unlessIssues(
    files.flatMap(({ file, issues }) => issues.map((issue) => placed(file, issue))),
    files.flatMap(({ resources }) => resources),
  )
