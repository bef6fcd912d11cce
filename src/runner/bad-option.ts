import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, printPath } from '../error.js'
import type { BadOption } from './error.js'

/** The first of the issues, as the option that it is about. */
export const firstBadOption = ({ issues: [first, ...others] }: Invalid): BadOption => {
  const option = printPath(first.path)
  const more = others.length === 0 ? '' : `; and ${others.length} more of them`
  return {
    _tag: 'BadOption',
    option,
    message: `the option ${option} cannot be used: ${first.message}${more}`,
    hint: first.hint ?? 'correct it, or leave it out for its default',
  }
}

export const badOption = (option: string, message: string, hint: string): E.Either<BadOption, never> =>
  E.left({ _tag: 'BadOption', option, message, hint })

/** What is `undefined` is left out. */
export const given = (options: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
