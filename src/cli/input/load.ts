import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { readList } from '../../check/check-list.js'
import type { Invalid } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { type Comments, commentsOf } from '../../yaml/read/comments.js'
import { type Reading, readPlaced, readText } from '../../yaml/read/from-yaml.js'
import { hasComment } from '../../yaml/read/has-comment.js'
import { placeIn } from '../../yaml/read/source-location.js'
import { unpack } from '../../yaml/read/unpack.js'
import type { BadModule, NoInput } from '../failure.js'
import { type Found, fileName, findFiles, isModule, noInput } from './find.js'
import { isSnapshot } from './is-snapshot.js'
import { type Loaded, withDuplicates } from './loaded.js'
import { loadModule } from './module.js'
import { type InputReader, inputReader, type ReadOptions } from './reader.js'
import { textOf } from './text.js'

export interface Inputs {
  readonly files: ReadonlyArray<Loaded>
  /** Files of a folder that have no resources in them. */
  readonly skippedFiles: ReadonlyArray<string>
}

/** Reads the text anew, with all places in it, when the first issue asks for its own. */
const showIn = (content: string, reader: InputReader): Required<Loaded>['show'] => {
  let read: ReturnType<typeof readPlaced> | undefined
  const place = placeIn(content)
  return (index, issue) => {
    read ??= readPlaced(content, reader)
    const found = E.isRight(read) ? read.right.found[index] : undefined
    return found === undefined ? issue : place(found, issue)
  }
}

type Read = Pick<Reading, 'skipped'> & { readonly resources: ReadonlyArray<Resource> }

const loaded = (file: string, result: E.Either<Invalid, Read>, notes: ReadonlyArray<string>): Loaded => ({
  file: fileName(file),
  ...(E.isRight(result) ? result.right : { resources: [], skipped: [] }),
  issues: E.isLeft(result) ? result.left.issues : [],
  notes,
})

const droppedNote = (dropped: ReadonlyArray<string>): ReadonlyArray<string> =>
  dropped.length === 0 ? [] : [`left out what the server had set: ${dropped.join(', ')}`]

const readExports = (values: ReadonlyArray<unknown>, reader: InputReader): E.Either<Invalid, Read> => {
  const skipped: Array<unknown> = []
  const items = values.flatMap((value) => unpack(value, reader).items)
  const read = readList(
    items.map(({ value }) => value),
    (value) => {
      const resource = reader.read({ path: [], value })
      if (resource === undefined) skipped.push(value)
      return resource
    },
  )
  return E.map((resources: ReadonlyArray<Resource>) => ({ resources, skipped }))(read)
}

const none: Comments = { each: [], lost: 0 }

/** The text is read anew, with all places in it. */
const keptComments = (content: string, options: LoadOptions): Comments => {
  const read = readPlaced(content, inputReader(options))
  return E.isRight(read) ? commentsOf(content, read.right.found) : none
}

const lostNote = (lost: number): ReadonlyArray<string> =>
  lost === 0 ? [] : [`not kept: ${lost} of its comments, about no resource`]

/** What a text holds, read and checked. */
export const loadText = (file: string, content: string, options: LoadOptions): Loaded => {
  const reader = inputReader(options)
  const read = E.map(({ found, skipped }: Reading) => ({
    resources: found.map(({ resource }) => resource),
    skipped,
  }))(readText(content, reader))
  const kept = options.keepComments === true && hasComment(content) ? keptComments(content, options) : none
  return {
    ...loaded(file, read, [...droppedNote(reader.dropped()), ...lostNote(kept.lost)]),
    comments: kept.each,
    show: showIn(content, inputReader(options)),
  }
}

/** Whether a text at least means to have resources in it. */
const mentionsResource = (content: string): boolean => /(^|[{,\s"'])(apiVersion|kind)["']?\s*:/i.test(content)

export interface LoadOptions extends ReadOptions {
  /** Whether the comments of texts are kept, beside the resources. */
  readonly keepComments?: boolean
}

const loadFile = (
  { file, named }: Found,
  options: LoadOptions,
): TaskEither<NoInput | BadModule, Loaded | undefined> =>
  task(async (unwrap) => {
    if (isModule(file)) {
      const values = await unwrap(await loadModule(file))
      const reader = inputReader(options)
      if (values.length > 0) return loaded(file, readExports(values, reader), droppedNote(reader.dropped()))
      if (!named) return undefined
      const hint = 'export resources, lists of resources or promises of them; functions are not called'
      return unwrap(noInput(`${file} exports no resource`, hint))
    }
    if (!named && isSnapshot(file)) return undefined
    const content = await unwrap(await textOf(file))
    if (!named && !mentionsResource(content)) return undefined
    return loadText(file, content, options)
  })

/** Reads what the inputs name, and checks it. */
export const loadInputs = (
  inputs: ReadonlyArray<string>,
  options: LoadOptions,
): TaskEither<NoInput | BadModule, Inputs> =>
  task(async (unwrap) => {
    const files: Array<Loaded> = []
    const skippedFiles: Array<string> = []
    for (const found of await unwrap(findFiles(inputs))) {
      const file = await unwrap(loadFile(found, options))
      if (file === undefined) skippedFiles.push(found.file)
      else files.push(file)
    }
    return { files: withDuplicates(files), skippedFiles }
  })

/** The inputs, if there is any resource in them, right or wrong. */
export const someResource = (
  inputs: ReadonlyArray<string>,
  { files }: Inputs,
  hint: string,
): E.Either<NoInput, void> =>
  files.some(({ resources, issues }) => resources.length + issues.length > 0)
    ? E.right(undefined)
    : noInput(`no resource found in ${inputs.join(', ')}`, hint)
