import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { type Issue, unlessIssues } from '../../error.js'
import { decodeOptions, type WrittenOptions } from '../../runner/options-codec.js'
import type { CliFailure } from '../failure.js'
import { readDocuments } from '../input/document.js'
import { fileName } from '../input/find.js'
import { placed } from '../input/loaded.js'
import { textOf } from '../input/text.js'

/** The settings of a JSON or YAML file; none where no file is named. */
export const readSettings = (file: string | undefined): TaskEither<CliFailure, WrittenOptions> =>
  task(async (unwrap) => {
    if (file === undefined) return {}
    const [document] = readDocuments(await unwrap(await textOf(file)))
    const inFile = (issue: Issue): Issue => placed(fileName(file), issue)
    await unwrap(unlessIssues((document?.problems ?? []).map(inFile), undefined))
    const decoded = decodeOptions(document?.value ?? {})
    if (E.isRight(decoded)) return decoded.right
    const issues = decoded.left.issues.map((issue) => inFile(document?.placed(issue) ?? issue))
    return unwrap(unlessIssues(issues, {}))
  })
