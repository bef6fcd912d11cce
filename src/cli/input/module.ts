import { createRequire } from 'node:module'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import type { BadModule } from '../failure.js'
import { codeOf } from './find.js'
import { toItsEnd } from './module-end.js'
import { placeOf } from './place.js'

/** Runs what may print, and sends that to stderr: stdout is for results alone, which others read. */
const aside = async <A>(run: () => Promise<A>): Promise<A> => {
  const { write } = process.stdout
  process.stdout.write = process.stderr.write.bind(process.stderr)
  try {
    return await run()
  } finally {
    process.stdout.write = write
  }
}

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
    'this version of Node cannot read TypeScript: `npm install --save-dev tsx`, or use Node 22.18 or newer',
  ],
  [
    /^ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/,
    'Node by itself reads only part of TypeScript: `npm install --save-dev tsx`',
  ],
  [
    /^ERR_MODULE_NOT_FOUND/,
    'is it installed, and the path right? Without tsx, Node wants `./x.ts` where tsc takes `./x.js`',
  ],
  [
    /import statement outside a module|Unexpected token 'export'/,
    'Node reads it as CommonJS: `npm pkg set type=module`, or name the file .mjs',
  ],
]

const failed = (file: string, error: unknown): BadModule => {
  const place = error instanceof Error ? placeOf(error) : undefined
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where = place === undefined ? '' : ` (${place})`
  const known = remedies.find(([pattern]) => pattern.test(`${codeOf(error)} ${what}`))
  const hint = known?.[1] ?? 'fix the module: it is run to find out what it exports'
  return { _tag: 'BadModule', message: `${file} cannot be loaded: ${what}${where}`, hint }
}

/** The resources that a module of JavaScript or TypeScript exports. Runs the module; what it prints goes to stderr. */
export const loadModule = async (
  file: string,
  deadlineMs = 120_000,
): Promise<E.Either<BadModule, ReadonlyArray<unknown>>> => {
  const path = resolve(file)
  if (isTypeScript(file)) await useTsx(path)
  const load = async () => exportedResources(await import(pathToFileURL(path).href))
  try {
    return E.right(await aside(() => toItsEnd(file, load, deadlineMs)))
  } catch (error) {
    return E.left(failed(file, error))
  }
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** What means to be a resource, right or wrong. */
const isResource = (value: Fields): boolean => 'kind' in value || 'apiVersion' in value

const isPlain = (value: Fields): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The default export goes first: it says the order, where the order of names would not do. */
const valuesOf = (fields: Fields): ReadonlyArray<unknown> => {
  const { default: first, ...others } = fields
  return [first, ...Object.values(others)]
}

/**
 * The resources that a module exports: by themselves, in lists, as promises; once each, however often they are
 * exported. Anything else that it exports is ignored. A CommonJS module is an object of exports in `default`.
 */
export const exportedResources = async (module: object): Promise<ReadonlyArray<unknown>> => {
  const found = new Set<unknown>()
  const open = new Set<unknown>()
  const collectList = async (list: ReadonlyArray<unknown>): Promise<void> => {
    if (open.has(list)) throw new Error('an array that it exports contains itself')
    open.add(list)
    for (const item of list) await collect(item, false)
    open.delete(list)
  }
  const collect = async (exported: unknown, isExports: boolean): Promise<void> => {
    const value = await exported
    if (!isObject(value)) return
    if (Array.isArray(value)) await collectList(value)
    else if (isResource(value)) found.add(value)
    else if (isExports && isPlain(value)) for (const item of valuesOf(value)) await collect(item, false)
  }
  for (const value of valuesOf({ ...module })) await collect(value, value === (module as Fields).default)
  return [...found]
}
