import {
  firstAddress,
  isMasked,
  parseAddress,
  parseNetwork,
  printAddress,
  type Words,
} from '../../../net/ip-address.js'

/** Networks whose addresses mean something by themselves: loopback, link-local, multicast, broadcast. */
const meaningful = [
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '255.255.255.255/32',
  '::/127',
  'fe80::/10',
  'ff00::/8',
]

/** Whether the bits after a prefix are turned; known from the first time that it is asked about. */
interface Branch {
  readonly flips: boolean
  readonly below: [Branch | undefined, Branch | undefined]
  /** Nothing under it is turned. */
  stays: boolean
}

const bitAt = (words: Words, index: number): 0 | 1 =>
  (((words[index >> 4] ?? 0) >> (15 - (index & 15))) & 1) === 1 ? 1 : 0

/** IPv4 lies under `::ffff:0:0/96`, whose own bits stay. */
const mappedBits = 96

const isMapped = (words: Words): boolean =>
  words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff

/**
 * Other addresses for addresses: at random, but two that have so many leading bits in common still have, so that what lay in a
 * network lies in the other one's. Addresses that mean something by themselves stay.
 */
export const addressCipher = (turn: () => boolean = () => Math.random() < 0.5) => {
  const grow = (flips: boolean): Branch => ({ flips, below: [undefined, undefined], stays: false })
  const roots = { 4: grow(false), 6: grow(false) }
  const follow = (words: Words, bits: number, result: Array<number>, isFixed = false): Branch => {
    const is4 = isMapped(words) && bits >= mappedBits
    let at = roots[is4 ? 4 : 6]
    for (let index = is4 ? mappedBits : 0; index < bits && !at.stays; index++) {
      const bit = bitAt(words, index)
      // The bit is turned by what stands before it: all that begin alike are turned alike.
      if (at.flips) result[index >> 4] = (result[index >> 4] ?? 0) ^ (1 << (15 - (index & 15)))
      const next = at.below[bit] ?? grow(isFixed ? false : turn())
      at.below[bit] = next
      at = next
    }
    return at
  }
  const replaced = (words: Words, bits: number): Words => {
    const result = [...words]
    follow(words, bits, result)
    return result
  }
  for (const text of meaningful) {
    const network = parseNetwork(text)
    if (network !== undefined) follow(network.words, network.fixed, [], true).stays = true
  }
  const known = new Map<string, string>()
  const ofNetwork = (text: string): string | undefined => {
    const network = parseNetwork(text)
    if (network === undefined) return undefined
    const bits = text.slice(text.indexOf('/'))
    // The address of a host in its network keeps its own bits.
    const words = isMasked(network)
      ? firstAddress({ words: replaced(network.words, network.fixed), fixed: network.fixed })
      : replaced(network.words, 128)
    return `${printAddress(words)}${bits}`
  }
  const ofAddress = (text: string): string | undefined => {
    const words = parseAddress(text)
    return words && printAddress(replaced(words, 128))
  }
  /** The text with another address or network; `undefined` where it is neither. */
  return (text: string): string | undefined => {
    const there = known.get(text)
    if (there !== undefined) return there
    const made = text.includes('/') ? ofNetwork(text) : ofAddress(text)
    if (made !== undefined) known.set(text, made)
    return made
  }
}
