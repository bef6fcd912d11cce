import { type Codec, notation } from '../codec/codec.js'

/**
 * The mark of a packet's class of service: a number from 0 to 63, or its name, such as `EF`, `AF11` or `CS1`.
 * `decode` also takes a number as text, and keeps it as a number.
 *
 * **Source**: `api/pkg/lib/numorstring/dscp.go`.
 */
export type DSCP = number | string

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255

const parse = (text: string): DSCP => (/^\d{1,3}$/.test(text) && isNumber(Number(text)) ? Number(text) : text)

/** That a number is at most 63, and a name one of those there are, is for `check` to say. */
export const DSCP: Codec<DSCP> = notation<DSCP>({
  name: 'a DSCP mark',
  json: 'integer-or-string',
  is: (value): value is DSCP => isNumber(value) || (typeof value === 'string' && parse(value) === value),
  read: (value) => (typeof value === 'string' ? parse(value) : undefined),
  hint: () => 'a number up to 63, or a name such as "EF", "AF11" or "CS1"',
})
