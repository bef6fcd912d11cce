import { existsSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { Invalid, Issue } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import type { CliFailure, NoInput } from '../failure.js'
import { err } from '../terminal.js'
import { noInput } from './find.js'
import { type LoadOptions, loadInputs, loadText } from './load.js'
import { allResources, type Loaded, placed, withDuplicates } from './loaded.js'
import { counted } from './read.js'
import { type RevisionFile, revisionFiles } from './revision.js'
import { hasSay, printObject, unfit } from './unfit-object.js'

/** All that inputs hold which has a say in what policies do: Calico's resources, and objects of Kubernetes. */
export interface Manifests {
  readonly resources: ReadonlyArray<Resource>
  readonly objects: ReadonlyArray<unknown>
  /** The file of each object, by its name as issues have it. */
  readonly fileOf: ReadonlyMap<string, string>
}

const filesOf = (files: ReadonlyArray<Loaded>): ReadonlyMap<string, string> =>
  new Map(files.flatMap(({ file, skipped }) => skipped.flatMap((it) => [[printObject(it), file] as const])))

/** What is wrong with an object, with the file that it is in. */
export const placeObjects =
  ({ fileOf }: Manifests) =>
  (failure: Invalid): Invalid => {
    const place = (issue: Issue): Issue => {
      const file = issue.resource === undefined ? undefined : fileOf.get(issue.resource)
      return file === undefined ? issue : placed(file, issue)
    }
    const [first, ...others] = failure.issues
    return { ...failure, issues: [place(first), ...others.map(place)] }
  }

const loadRevision = (input: string, options: LoadOptions): E.Either<NoInput, ReadonlyArray<Loaded>> => {
  const found = revisionFiles(input)
  if (found === undefined)
    return noInput(
      `${input} cannot be read: no such file or folder`,
      'name files, folders, or a git revision with its path, as main:policies or main:.',
    )
  return E.map((files: ReadonlyArray<RevisionFile>) =>
    files.filter(({ text }) => /\bkind\b/.test(text)).map(({ file, text }) => loadText(file, text, options)),
  )(found)
}

/** What is wrong with objects that are not Calico's stands beside what is wrong with those that are. */
const withUnfit = (loaded: Loaded): Loaded => ({
  ...loaded,
  issues: [...loaded.issues, ...loaded.skipped.flatMap((it) => unfit(it) ?? [])],
})

const isPath = (input: string): boolean => input === '-' || existsSync(input)

/** Reads what the inputs name: files, folders, `-`, and paths of git revisions, as `main:policies`. */
export const readManifests = (
  inputs: ReadonlyArray<string>,
  calico: string | undefined,
): TaskEither<CliFailure, Manifests> =>
  task(async (unwrap) => {
    const options: LoadOptions = { calico: calico ?? 'any', dropServerMetadata: true }
    const loaded = await unwrap(loadInputs(inputs.filter(isPath), options))
    const ofRevisions: Array<Loaded> = []
    for (const input of inputs)
      if (!isPath(input)) ofRevisions.push(...(await unwrap(loadRevision(input, options))))
    const files = [...loaded.files, ...withDuplicates(ofRevisions)].map(withUnfit)
    for (const { file, skipped } of files) {
      const without = skipped.filter((it) => !hasSay(it) && unfit(it) === undefined)
      if (without.length > 0) err(`skipped in ${file}: ${counted(without)}`)
    }
    const resources = await unwrap(allResources(files))
    return {
      resources,
      objects: files.flatMap(({ skipped }) => skipped.filter(hasSay)),
      fileOf: filesOf(files),
    }
  })
