import type { Issue } from '../../error.js'
import { printPath } from '../../error.js'
import type { Loaded } from '../input/loaded.js'

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `3 resources in 2 files`. */
export const countResources = (files: ReadonlyArray<Loaded>): string => {
  const resources = files.reduce((sum, file) => sum + file.resources.length, 0)
  return `${plural(resources, 'resource')} in ${plural(files.length, 'file')}`
}

const issueJson = (file: string, { path, at, frame: _frame, ...issue }: Issue): object => ({
  file,
  ...at,
  path: printPath(path),
  ...issue,
})

/** What was checked and every issue, for programs. */
export const checkJson = (files: ReadonlyArray<Loaded>): string => {
  const issues = files.flatMap(({ file, issues }) => issues.map((issue) => issueJson(file, issue)))
  const counts = files.map(({ file, resources }) => ({ file, resources: resources.length }))
  return JSON.stringify({ ok: issues.length === 0, files: counts, issues }, null, 2)
}
