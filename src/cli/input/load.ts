import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { CheckOptions } from '../../check/check.js'
import { checkList } from '../../check/check-list.js'
import type { Invalid } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { fromYaml, readPlaced } from '../../yaml/read/from-yaml.js'
import { placeIn } from '../../yaml/read/source-location.js'
import type { BadModule, NoInput } from '../failure.js'
import { type Found, fileName, findFiles, isModule, noInput } from './find.js'
import { type Loaded, withDuplicates } from './loaded.js'
import { loadModule } from './module.js'
import { readText } from './text.js'

export interface Inputs {
  readonly files: ReadonlyArray<Loaded>
  /** Files of a folder that have no resources in them. */
  readonly passedOver: ReadonlyArray<string>
}

/** Reads the text anew, with all places in it, when the first issue asks for its own. */
const showIn = (content: string, options: CheckOptions): Required<Loaded>['show'] => {
  let read: ReturnType<typeof readPlaced> | undefined
  const place = placeIn(content)
  return (index, issue) => {
    read ??= readPlaced(content, options)
    const found = E.isRight(read) ? read.right[index] : undefined
    return found === undefined ? issue : place(found, issue)
  }
}

const loaded = (file: string, result: E.Either<Invalid, ReadonlyArray<Resource>>): Loaded => ({
  file: fileName(file),
  resources: E.isRight(result) ? result.right : [],
  issues: E.isLeft(result) ? result.left.issues : [],
})

/** Whether a text at least means to have resources in it. */
const mentionsResource = (content: string): boolean => /(^|[{,\s"'])(apiVersion|kind)["']?\s*:/i.test(content)

const loadFile = (
  { file, named }: Found,
  options: CheckOptions,
): TaskEither<NoInput | BadModule, Loaded | undefined> =>
  task(async (must) => {
    if (isModule(file)) {
      const values = await must(await loadModule(file))
      if (values.length > 0) return loaded(file, checkList(values, options))
      if (!named) return undefined
      const hint = 'export resources, lists of resources or promises of them; functions are not called'
      return must(noInput(`${file} exports no resource`, hint))
    }
    const content = await must(await readText(file))
    if (!named && !mentionsResource(content)) return undefined
    return { ...loaded(file, fromYaml(content, options)), show: showIn(content, options) }
  })

/** Reads what the inputs name, and checks it. */
export const loadInputs = (
  inputs: ReadonlyArray<string>,
  options: CheckOptions,
): TaskEither<NoInput | BadModule, Inputs> =>
  task(async (must) => {
    const files: Array<Loaded> = []
    const passedOver: Array<string> = []
    for (const found of await must(findFiles(inputs))) {
      const file = await must(loadFile(found, options))
      if (file === undefined) passedOver.push(found.file)
      else files.push(file)
    }
    if (files.length > 0) return { files: withDuplicates(files), passedOver }
    const hint =
      'a resource is an object with apiVersion and kind, written in YAML or JSON or exported by a module'
    return must(noInput(`no resource found in ${inputs.join(', ')}`, hint))
  })
