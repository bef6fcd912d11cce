import { type Codec, notation } from './codec.js'

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
