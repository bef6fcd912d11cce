/** An address as Go's `net.IP` has it: eight words of 16 bits, IPv4 as `::ffff:a.b.c.d`. */
export type Words = ReadonlyArray<number>

/** A network: the address as it was written, and how many of its 128 leading bits are fixed. */
export interface Network {
  readonly words: Words
  readonly fixed: number
}

const longest = 45
const dot = 46
const zero = 48
/** No digit yet. */
const none = -1

/** The 32 bits, or none. As Go: four decimal fields up to 255, without leading zeros. */
const parseFields = (text: string): number | undefined => {
  let bits = 0
  let fields = 0
  let field = none
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : dot
    if (code === dot) {
      if (field === none || fields === 4) return undefined
      bits = bits * 256 + field
      fields++
      field = none
    } else {
      if (code < zero || code > zero + 9 || field === 0) return undefined
      field = (field === none ? 0 : field * 10) + code - zero
      if (field > 255) return undefined
    }
  }
  return fields === 4 ? bits : undefined
}

const parseGroups = (text: string, last: boolean): ReadonlyArray<number> | undefined => {
  if (text === '') return []
  const words: Array<number> = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) words.push(Number.parseInt(group, 16))
    else {
      const fields = last && index === groups.length - 1 ? parseFields(group) : undefined
      if (fields === undefined) return undefined
      words.push(fields >>> 16, fields & 0xffff)
    }
  }
  return words
}

const parseIPv6 = (text: string): Words | undefined => {
  const gap = text.indexOf('::')
  if (gap === -1) {
    const words = parseGroups(text, true)
    return words?.length === 8 ? words : undefined
  }
  const before = parseGroups(text.slice(0, gap), false)
  const after = parseGroups(text.slice(gap + 2), true)
  if (before === undefined || after === undefined || before.length + after.length > 7) return undefined
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/** As Go's `net.ParseIP`: no zone, no leading zeros, and IPv4 inside of IPv6 is IPv4. */
export const parseAddress = (text: string): Words | undefined => {
  if (text.length > longest) return undefined
  if (text.includes(':')) return parseIPv6(text)
  const fields = parseFields(text)
  return fields === undefined ? undefined : [0, 0, 0, 0, 0, 0xffff, fields >>> 16, fields & 0xffff]
}

/** The number that decimal digits are, leading zeros allowed. */
const parseDigits = (text: string, from: number): number | undefined => {
  let number = 0
  for (let i = from; i < text.length; i++) {
    const digit = text.charCodeAt(i) - zero
    if (digit < 0 || digit > 9) return undefined
    number = number * 10 + digit
  }
  return from < text.length ? number : undefined
}

/** As Go's `net.ParseCIDR`: the length may have leading zeros, and counts from the front of what was written. */
export const parseNetwork = (text: string): Network | undefined => {
  const slash = text.indexOf('/')
  if (slash === -1 || slash > longest) return undefined
  const words = parseAddress(text.slice(0, slash))
  const length = parseDigits(text, slash + 1)
  const bits = text.includes(':') ? 128 : 32
  return words === undefined || length === undefined || length > bits
    ? undefined
    : { words, fixed: 128 - bits + length }
}

/** The bits of a word that a network fixes. */
const mask = (fixed: number, index: number): number => {
  const bits = Math.min(Math.max(fixed - index * 16, 0), 16)
  return (0xffff << (16 - bits)) & 0xffff
}

/** The first address of the network. */
export const firstAddress = ({ words, fixed }: Network): Words =>
  words.map((word, index) => word & mask(fixed, index))

/** Whether all bits after the length are zero. */
export const isMasked = ({ words, fixed }: Network): boolean => {
  for (let index = Math.floor(fixed / 16); index < 8; index++) {
    if (((words[index] ?? 0) & ~mask(fixed, index)) !== 0) return false
  }
  return true
}

const mapped: Words = [0, 0, 0, 0, 0, 0xffff]

/** 4 also for IPv4 inside of IPv6, as Go has it. */
export const family = (words: Words): 4 | 6 => {
  for (let index = 0; index < mapped.length; index++) if (words[index] !== mapped[index]) return 6
  return 4
}

/** Where the longest run of zeros begins, and its length: what `::` stands for. */
const longestGap = (words: Words): { readonly start: number; readonly length: number } => {
  let best = { start: 0, length: 0 }
  for (let start = 0, end = 0; start < words.length; start = end + 1) {
    for (end = start; words[end] === 0; end++);
    if (end - start > best.length) best = { start, length: end - start }
  }
  return best
}

/** The address as Go prints it. */
export const printAddress = (words: Words): string => {
  if (family(words) === 4) {
    return words
      .slice(6)
      .flatMap((word) => [word >> 8, word & 0xff])
      .join('.')
  }
  const { start, length } = longestGap(words)
  const hex = words.map((word) => word.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

/** The network as Go prints it: its first address, and IPv4 inside of IPv6 as IPv4. */
export const printNetwork = (network: Network): string => {
  const first = firstAddress(network)
  return `${printAddress(first)}/${family(first) === 4 ? network.fixed - 96 : network.fixed}`
}
