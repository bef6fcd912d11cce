import { createRequire } from 'node:module'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import type { BadModule } from '../failure.js'
import { aside } from './aside.js'
import { exportedResources } from './exports.js'
import { codeOf } from './find.js'
import { placeOf } from './place.js'

const isTypeScript = (file: string): boolean => /^\.[cm]?ts$/.test(extname(file))

/** Lets Node load TypeScript by tsx, if that is installed where the file is, or here. */
const useTsx = async (file: string): Promise<boolean> => {
  for (const from of [file, resolve('package.json')]) {
    try {
      await import(pathToFileURL(createRequire(from).resolve('tsx')).href)
      return true
    } catch {}
  }
  return false
}

/** Node's own reading of TypeScript takes no enums and no imports of `./x.js` for `./x.ts`; older Nodes read none. */
const remedies: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /^ERR_UNKNOWN_FILE_EXTENSION/,
    'this Node reads no TypeScript: `npm install --save-dev tsx`, or use Node 22.18 or newer',
  ],
  [
    /^ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/,
    'Node does not read all of TypeScript by itself: `npm install --save-dev tsx`',
  ],
  [
    /^ERR_MODULE_NOT_FOUND/,
    'is it installed, and the path right? Without tsx, Node wants `./x.ts` where tsc takes `./x.js`',
  ],
  [
    /import statement outside a module|Unexpected token 'export'/,
    'Node takes it for CommonJS: `npm pkg set type=module`, or call the file .mjs',
  ],
]

const failed = (file: string, error: unknown): BadModule => {
  const place = error instanceof Error ? placeOf(error) : undefined
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where = place === undefined ? '' : ` (${place})`
  const known = remedies.find(([pattern]) => pattern.test(`${codeOf(error)} ${what}`))
  const hint = known?.[1] ?? 'correct the module: it is run to see what it exports'
  return { _tag: 'BadModule', message: `${file} cannot be loaded: ${what}${where}`, hint }
}

/** The resources that a module of JavaScript or TypeScript exports. Runs the module; what it prints goes to stderr. */
export const loadModule = async (file: string): Promise<E.Either<BadModule, ReadonlyArray<unknown>>> => {
  const path = resolve(file)
  if (isTypeScript(file)) await useTsx(path)
  try {
    return E.right(await aside(async () => exportedResources(await import(pathToFileURL(path).href))))
  } catch (error) {
    return E.left(failed(file, error))
  }
}
