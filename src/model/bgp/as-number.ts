import { type Codec, notation } from '../codec/codec.js'

const largest = 0xffff_ffff

const isASNumber = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= largest

const fromText = (text: string): number | undefined => {
  if (/^\d+$/.test(text)) return Number(text)
  const dotted = /^(\d+)\.(\d+)$/.exec(text)
  const [high = 0, low = 0] = dotted?.slice(1).map(Number) ?? []
  return dotted === null || high > 0xffff || low > 0xffff ? undefined : high * 0x1_0000 + low
}

/**
 * A BGP autonomous system's number, from 0 to 4294967295. `decode` also takes it as text, plain (`"64512"`) or dotted
 * (`"1.10"`).
 *
 * **Source**: `api/pkg/lib/numorstring/asnumber.go`.
 */
export type ASNumber = number
export const ASNumber: Codec<ASNumber> = notation({
  name: 'an AS number',
  json: 'integer',
  is: isASNumber,
  read: (value) => {
    const number = typeof value === 'string' ? fromText(value) : undefined
    return isASNumber(number) ? number : undefined
  },
  hint: () => 'an integer up to 4294967295, or "high.low", each up to 65535, in quotes',
})
