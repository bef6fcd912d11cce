import { readFileSync } from 'node:fs'

/** A file that the page shows, for its commands to work on. */
export interface ShownFile {
  readonly name: string
  readonly text: string
}

/** A command of the page, and what it prints there. */
export interface ShownCommand {
  readonly line: number
  readonly command: string
  readonly output: string
}

const fence = /^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm

const commandsOf = (block: string, line: number): ReadonlyArray<ShownCommand> => {
  const lines = block.split('\n')
  const starts = lines.flatMap((text, index) => (text.startsWith('$ ') ? [index] : []))
  return starts.map((start, index) => ({
    line: line + start,
    command: (lines[start] ?? '').slice(2),
    output: lines.slice(start + 1, starts[index + 1] ?? lines.length - 1).join('\n'),
  }))
}

/** The files and the commands of a page: fences that name a file, and those of `console`. */
export const readPage = (
  page: string,
): { readonly files: ReadonlyArray<ShownFile>; readonly commands: ReadonlyArray<ShownCommand> } => {
  const text = readFileSync(page, 'utf8')
  const fences = [...text.matchAll(fence)]
  return {
    files: fences.flatMap(([, , name, body = '']) => (name === undefined ? [] : [{ name, text: body }])),
    commands: fences.flatMap(({ 1: language, 3: body = '', index }) =>
      language === 'console' ? commandsOf(body, text.slice(0, index).split('\n').length + 1) : [],
    ),
  }
}
