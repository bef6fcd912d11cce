import * as E from 'fp-ts/lib/Either.js'
import { decodeAs, object, optional } from '../model/codec/codec.js'
import { badOption, firstBadOption, given } from './bad-option.js'
import type { BadOption } from './error.js'
import type { RunEvent } from './event.js'
import { duration } from './options-codec.js'
import type { Refusal } from './report.js'

/** What every public call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Overrides the Runner's, for this call. */
  readonly timeoutMs?: number
}

/** The same, of a call that tells what happens meanwhile. */
export interface ListenedOptions extends CallOptions {
  readonly onEvent?: (event: RunEvent) => void
}

interface Timed {
  readonly timeoutMs?: number
}

const Timed = object<Timed>('call option', { timeoutMs: optional(duration) })

const isListener = (value: unknown): boolean => value === undefined || typeof value === 'function'

const isSwitch = (value: unknown): boolean => value === undefined || typeof value === 'boolean'

/** What an apply may be told to refuse. */
export const refusals: ReadonlyArray<Refusal> = ['opens', 'closes', 'unknown']

const isRefusals = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((it) => refusals.some((one) => one === it)))

const isSignal = (value: unknown): boolean =>
  value === undefined ||
  (typeof Object(value).aborted === 'boolean' && typeof Object(value).addEventListener === 'function')

/** What each option of a call must be. */
const callOptions: Readonly<Record<string, readonly [ok: (value: unknown) => boolean, what: string]>> = {
  signal: [isSignal, 'an AbortSignal'],
  onEvent: [isListener, 'a function'],
  prune: [isSwitch, 'true or false'],
  adopt: [isSwitch, 'true or false'],
  rollback: [isSwitch, 'true or false'],
  connectivity: [isSwitch, 'true or false'],
  refuse: [isRefusals, `a list of ${refusals.join(', ')}`],
}

/** The options of one call as they are, or the first thing that is wrong with them. */
export const checkCallOptions = <O extends CallOptions>(options: O): E.Either<BadOption, O> => {
  const { timeoutMs, ...others } = given(Object(options))
  for (const [option, value] of Object.entries(others)) {
    const [ok, what] = callOptions[option] ?? []
    if (ok === undefined) {
      const known = ['timeoutMs', ...Object.keys(callOptions)].join(', ')
      return badOption(option, `there is no option ${option}`, `the options of a call are: ${known}`)
    }
    if (!ok(value))
      return badOption(option, `the option ${option} must be ${what}`, `pass ${what}, or leave it out`)
  }
  const timed = decodeAs(Timed, timeoutMs === undefined ? {} : { timeoutMs })
  return E.isLeft(timed) ? E.left(firstBadOption(timed.left)) : E.right(options)
}
