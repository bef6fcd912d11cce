import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { isPlain } from '../../model/codec/json.js'
import type { Resource } from '../../model/resource.js'
import type { Comment } from '../../yaml/read/comments.js'
import type { BadModule, CliFailure, NoInput } from '../failure.js'
import { err } from '../terminal.js'
import { type Inputs, type LoadOptions, loadInputs, someResource } from './load.js'
import { allResources, placeFailure } from './loaded.js'

const kindOf = (value: unknown): string => {
  const { kind, apiVersion } = isPlain(value) ? value : {}
  return kind === 'NetworkPolicy' ? `${kind} of ${apiVersion}` : String(kind)
}

/** How many of each kind, in words. */
export const counted = (values: ReadonlyArray<unknown>): string => {
  const counts = new Map<string, number>()
  for (const kind of values.map(kindOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')
}

/** Says what was skipped and what was left out, lest a policy be missing unnoticed. */
const tell = ({ files, skippedFiles }: Inputs): void => {
  for (const file of skippedFiles) err(`skipped ${file}: no resource in it`)
  for (const { file, skipped, notes } of files) {
    if (skipped.length > 0) err(`skipped in ${file}: ${counted(skipped)}`)
    for (const note of notes) err(`${file}: ${note}`)
  }
}

const ours =
  'a resource is an object with apiVersion and kind, written in YAML or JSON or exported by a module'

/** What the inputs name, read and checked; says what was not taken from it. */
export const loadAndTell = (
  inputs: ReadonlyArray<string>,
  options: LoadOptions,
  hint: string = ours,
): TaskEither<NoInput | BadModule, Inputs> =>
  task(async (unwrap) => {
    const loaded = await unwrap(loadInputs(inputs, options))
    tell(loaded)
    await unwrap(someResource(inputs, loaded, hint))
    return loaded
  })

/** Resources, and where to find what is said of them later on. */
export interface ReadInputs {
  readonly resources: ReadonlyArray<Resource>
  readonly place: (failure: CliFailure) => CliFailure
  /** The comments about each of the resources, in their order, where they are kept. */
  readonly comments: ReadonlyArray<ReadonlyArray<Comment>>
}

/** The resources of the inputs, checked; or all that is wrong with any of them. */
export const read = (
  inputs: ReadonlyArray<string>,
  options: LoadOptions,
  hint: string = ours,
): TaskEither<CliFailure, ReadInputs> =>
  task(async (unwrap) => {
    const { files } = await unwrap(loadAndTell(inputs, { dropServerMetadata: true, ...options }, hint))
    const resources = await unwrap(allResources(files))
    const comments = files.flatMap((file) => file.resources.map((_, index) => file.comments?.[index] ?? []))
    return { resources, place: placeFailure(files), comments }
  })
