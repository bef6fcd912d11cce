import { type Codec, notation } from './codec.js'

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
