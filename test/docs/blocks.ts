import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A piece of TypeScript that a reader may copy. */
export interface Block {
  /** `docs/02-builder.md:40`. */
  readonly place: string
  readonly code: string
  /** The file whose exports an example in a docstring may use. */
  readonly module?: string
  /** What it prints, where the text says so right below it. */
  readonly output?: string
}

const filesUnder = (folder: string, ending: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !/(^|\/)(node_modules|site|api)\//.test(file))
    .map((file) => join(folder, file))

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

const fence = /^```ts\n([\s\S]*?)^```\n(?:\n```(?:yaml|text)\n([\s\S]*?)^```$)?/gm

const ofMarkdown = (file: string): ReadonlyArray<Block> => {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(fence)].map(({ 1: code = '', 2: output, index }) => ({
    place: `${file}:${lineAt(text, index)}`,
    code,
    ...(output === undefined ? {} : { output }),
  }))
}

const example = /^ *\* @example\n((?:^ *\*(?! @|\/).*\n)+)/gm

const ofSource = (file: string): ReadonlyArray<Block> => {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(example)].map(({ 1: lines = '', index }) => ({
    place: `${file}:${lineAt(text, index)}`,
    code: lines.replace(/^ *\* ?/gm, ''),
    module: file,
  }))
}

/** Every block of the README and the guides, and every example in a docstring. */
export const allBlocks = (): ReadonlyArray<Block> => [
  ...ofMarkdown('README.md'),
  ...filesUnder('docs', '.md').flatMap(ofMarkdown),
  ...filesUnder('src', '.ts').flatMap(ofSource),
]
