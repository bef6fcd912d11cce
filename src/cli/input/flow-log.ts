import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import * as E from 'fp-ts/lib/Either.js'
import { type Issue, unlessIssues } from '../../error.js'
import { type FlowLog, readFlows } from '../../policy/flows/read-flows.js'
import type { CliFailure } from '../failure.js'
import { fileName, noInput, reasonOf } from './find.js'
import { placed } from './loaded.js'

/** Shorter files are taken whole: a list over several lines is one document. */
const mostAtOnce = 1 << 26

const chunkSize = 1 << 20

/** The texts of a file, piece by piece: of a log of many GB, no more than a piece is held. */
function* chunksOf(handle: number): Generator<string> {
  const buffer = Buffer.alloc(chunkSize)
  const decoder = new StringDecoder('utf8')
  for (let size = readSync(handle, buffer); size > 0; size = readSync(handle, buffer))
    yield decoder.write(buffer.subarray(0, size))
  yield decoder.end()
}

function* linesOf(chunks: Iterable<string>): Generator<string> {
  let rest = ''
  for (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Goes on after what was read already. */
function* both(first: string, more: Iterable<string>): Generator<string> {
  yield first
  yield* more
}

const readAll = (handle: number): ReturnType<typeof readFlows> => {
  const chunks = chunksOf(handle)
  let start = ''
  for (let it = chunks.next(); it.done !== true; it = chunks.next()) {
    start += it.value
    if (start.length > mostAtOnce) return readFlows(linesOf(both(start, chunks)))
  }
  return readFlows(start)
}

/** The flow log of a file; `-` is stdin. */
export const readFlowLog = (file: string): E.Either<CliFailure, FlowLog> => {
  const inFile = (issue: Issue): Issue => placed(fileName(file), issue)
  try {
    const handle = file === '-' ? 0 : openSync(file, 'r')
    try {
      const read = readAll(handle)
      if (E.isRight(read)) return read
      return unlessIssues(read.left.issues.map(inFile), { format: 'vpc', flows: [], skipped: {} })
    } finally {
      if (handle !== 0) closeSync(handle)
    }
  } catch (error) {
    return noInput(
      `${file} cannot be read: ${reasonOf(error)}`,
      'name the file of a flow log, or - for stdin',
    )
  }
}
