import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type { NoInput } from '../failure.js'

/** A file to read. */
export interface Found {
  /** As a person would name it from here; `-` is stdin. */
  readonly file: string
  /** Named on the command line, not found in a folder: then it must have resources in it. */
  readonly named: boolean
}

export const isModule = (file: string): boolean => /\.[cm]?[jt]s$/.test(file)

/** What Helm says of a chart is in no form of a resource. */
const isChart = (file: string): boolean => basename(file) === 'Chart.yaml'

/** Whether a file of a folder is read. */
export const isInput = (file: string): boolean =>
  isModule(file)
    ? !/\.(d\.[cm]?ts|(test|spec)\.[cm]?[jt]s)$/.test(file)
    : /\.(ya?ml|json)$/.test(file) && !isChart(file)

const isHidden = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/** Follows links to files: a mounted ConfigMap consists of them. */
const below = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isHidden(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return below(path)
      return isInput(entry.name) && statSync(path, { throwIfNoEntry: false })?.isFile() ? [path] : []
    })

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
}

/** Why a file cannot be read, in words. */
export const reasonOf = (error: unknown): string => reasons[codeOf(error)] ?? codeOf(error)

export const noInput = (message: string, hint: string): E.Either<NoInput, never> =>
  E.left({ _tag: 'NoInput', message, hint })

const findOne = (input: string): E.Either<NoInput, ReadonlyArray<Found>> => {
  if (input === '-') return E.right([{ file: '-', named: true }])
  try {
    if (!statSync(input).isDirectory()) return E.right([{ file: input, named: true }])
    const files = below(input).map((file) => ({ file, named: false }))
    return files.length > 0
      ? E.right(files)
      : noInput(`${input} has no file to read`, 'name a folder with .yaml, .json, .ts or .js files')
  } catch (error) {
    return noInput(`${input} cannot be read: ${reasonOf(error)}`, 'name files, folders, or - for stdin')
  }
}

/** The files that the inputs name: themselves, and in folders those of the kinds that are read, by name. */
export const findFiles = (inputs: ReadonlyArray<string>): E.Either<NoInput, ReadonlyArray<Found>> => {
  const found: Array<Found> = []
  for (const input of inputs) {
    const files = findOne(input)
    if (E.isLeft(files)) return files
    found.push(...files.right.filter(({ file }) => !found.some((other) => other.file === file)))
  }
  return E.right(found)
}

/** `-` as people know it. */
export const fileName = (file: string): string => (file === '-' ? '<stdin>' : file)
