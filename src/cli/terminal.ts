import { styleText } from 'node:util'

/** Results, for programs and people. */
export const out = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** All else, for people: what is under way, and what went wrong. */
export const err = (text: string): void => {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Whether a person watches what is under way. */
export const isWatched = (): boolean => process.stderr.isTTY === true && process.env.TERM !== 'dumb'

/** Whether a person can be asked. */
export const canAsk = (): boolean => process.stderr.isTTY === true && process.stdin.isTTY === true

type Style = Parameters<typeof styleText>[0]

const isColoured = ({ isTTY }: { readonly isTTY?: boolean }): boolean => {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env
  if (NO_COLOR !== '') return false
  return FORCE_COLOR !== '' ? FORCE_COLOR !== '0' : isTTY === true && TERM !== 'dumb'
}

/** The text in a colour, where stdout shows colours. */
export const painted = (style: Style, text: string): string =>
  isColoured(process.stdout) ? styleText(style, text) : text
