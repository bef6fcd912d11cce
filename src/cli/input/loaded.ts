import type * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../runner/state/live-resource.js'

/** A file that was read: its resources, or all that is wrong with them. */
export interface Loaded {
  readonly file: string
  readonly resources: ReadonlyArray<Resource>
  readonly issues: ReadonlyArray<Issue>
  /** An issue of one of the resources, with line, column and excerpt, where there is a text to show. */
  readonly show?: (index: number, issue: Issue) => Issue
}

/** The files, and in each the issues that some of its resources are in an earlier one as well. */
export const withDuplicates = (files: ReadonlyArray<Loaded>): ReadonlyArray<Loaded> => {
  const seen = new Map<string, string>()
  return files.map((loaded) => {
    const issues = loaded.resources.flatMap((resource): ReadonlyArray<Issue> => {
      const name = nameOf(resource)
      const other = seen.get(name)
      seen.set(name, other ?? loaded.file)
      if (other === undefined) return []
      const where = other === loaded.file ? 'there twice' : `also in ${other}`
      const issue = { rule: 'duplicate-resource', path: ['metadata', 'name'], resource: name }
      return [{ ...issue, message: `it is ${where}`, hint: 'rename or remove one' }]
    })
    return { ...loaded, issues: [...loaded.issues, ...issues] }
  })
}

/** The issue, with its file, line and column as its place. */
export const placed = (file: string, { at, resource, ...issue }: Issue): Issue => {
  const where = at === undefined ? file : `${file}:${at.line}:${at.column}`
  return { ...issue, resource: resource === undefined ? where : `${where} · ${resource}` }
}

/** The resources of all files, or all issues of all files, each with its file, line and column. */
export const allResources = (files: ReadonlyArray<Loaded>): E.Either<Invalid, ReadonlyArray<Resource>> =>
  unlessIssues(
    files.flatMap(({ file, issues }) => issues.map((issue) => placed(file, issue))),
    files.flatMap(({ resources }) => resources),
  )
