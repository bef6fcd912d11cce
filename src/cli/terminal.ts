import { styleText } from 'node:util'

/** Results, for programs and people: they may be long, and are not copied for the end of their last line. */
export const out = (text: string): void => {
  process.stdout.write(text)
  if (!text.endsWith('\n')) process.stdout.write('\n')
}

/** All else, for people: what is under way, and what went wrong. */
export const err = (text: string): void => {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Whether what is told reaches a person. */
export const isTerminal = (): boolean => process.stderr.isTTY === true

/** Whether a person can be asked. */
export const canAsk = (): boolean => isTerminal() && process.stdin.isTTY === true

/** Some terminals do not know their size, and say 0: a list drawn there would have a letter to a line, or none. */
const hasRoom = ({ columns, rows }: NodeJS.WriteStream): boolean => columns >= 20 && rows >= 5

/** Whether what is under way can be drawn: results that go elsewhere leave stderr to plain lines. */
export const isWatched = (): boolean =>
  isTerminal() && process.stdout.isTTY === true && hasRoom(process.stdout) && process.env.TERM !== 'dumb'

type Style = Parameters<typeof styleText>[0]

const isColoured = ({ isTTY }: { readonly isTTY?: boolean }): boolean => {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env
  if (NO_COLOR !== '') return false
  return FORCE_COLOR !== '' ? FORCE_COLOR !== '0' : isTTY === true && TERM !== 'dumb'
}

/** The text in a colour, where stdout shows colours. */
export const painted = (style: Style, text: string): string =>
  isColoured(process.stdout) ? styleText(style, text) : text
