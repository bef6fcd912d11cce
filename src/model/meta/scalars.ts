import { type Codec, literal, notation } from '../codec/codec.js'

const goDuration = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/

const isDuration = (value: unknown): value is string => typeof value === 'string' && goDuration.test(value)

/**
 * A length of time: decimal numbers, each with a unit, as in `1m30s` or `0.5h`.
 *
 * **Units**: `ns`, `us`, `ms`, `s`, `m`, `h`. **Source**: Go's `time.ParseDuration`.
 */
export type Duration = string
export const Duration: Codec<Duration> = notation({
  name: 'a duration such as "1m30s"',
  json: 'string',
  is: isDuration,
  read: () => undefined,
  hint: (value) => (typeof value === 'number' ? `give it a unit: "${value}s"` : undefined),
})

/** How Calico's newer fields say on and off. */
export type Switch = 'Enabled' | 'Disabled'
export const Switch: Codec<Switch> = literal('Enabled', 'Disabled')

/** What is logged: this, and what is more severe. Case matters. */
export type LogLevel = 'Debug' | 'Info' | 'Warning' | 'Error' | 'Fatal'
export const LogLevel: Codec<LogLevel> = literal('Debug', 'Info', 'Warning', 'Error', 'Fatal')

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

const isTime = (value: unknown): value is string => {
  const match = typeof value === 'string' ? rfc3339.exec(value) : null
  if (match === null) return false
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return isDate && hour < 24 && minute < 60 && second < 60
}

/** A moment, as in `2024-05-10T12:00:00Z` (RFC 3339). */
export type Time = string
export const Time: Codec<Time> = notation({
  name: 'a time such as "2024-05-10T12:00:00Z"',
  json: 'string',
  is: isTime,
  read: () => undefined,
})
