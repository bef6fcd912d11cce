import type { NumberRange } from '../../net/port-range.js'
import type { Decision } from '../evaluate/reason.js'
import type { ClassChange } from './class-changes.js'
import type { Member } from './class-connectivity.js'
import type { Change } from './diff.js'
import { printMembers } from './print-members.js'
import type { Connection, ConnectionSet, Connectivity, Traffic } from './traffic.js'

const listed = (before: string, numbers: ReadonlyArray<NumberRange> | undefined): string =>
  numbers === undefined ? '' : `${before} ${numbers.join(', ')}`

const print = ({ protocol, notProtocols, ports, sourcePorts, types, codes }: Traffic): string => {
  if (notProtocols !== undefined) return `all but ${notProtocols.join(', ')}`
  if (protocol === undefined) return 'everything'
  const name = typeof protocol === 'number' ? `protocol ${protocol}` : protocol
  const numbers = [
    listed('', ports),
    listed(' from', sourcePorts),
    listed(' type', types),
    listed(' code', codes),
  ]
  return [name, ...numbers].join('')
}

const printAll = (traffic: ReadonlyArray<Traffic>): string => traffic.map(print).join('; ')

/** A set in words: `perhaps` is what is unknown. */
export const printSet = ({ allowed, unknown }: ConnectionSet): string =>
  [
    ...(allowed.length === 0 ? [] : [printAll(allowed)]),
    ...(unknown.length === 0 ? [] : [`perhaps ${printAll(unknown)}`]),
  ].join('; ') || 'nothing'

interface Line {
  readonly head: string
  readonly to: string
  readonly tail: string
}

const lineOf = (
  { from, to, addresses }: { from: string; to: string; addresses?: Connection['addresses'] },
  text: string,
): Line => ({
  head: `${from} → `,
  to,
  tail: `${addresses === undefined ? '' : ` for ${addresses.join(', ')}`}: ${text}`,
})

/** Lines that differ in where they go to alone are one. */
const printLines = (lines: ReadonlyArray<Line>): string => {
  const found = new Map<string, Array<string>>()
  for (const { head, to, tail } of lines) {
    const key = JSON.stringify([head, tail])
    const targets = found.get(key)
    if (targets === undefined) found.set(key, [to])
    else targets.push(to)
  }
  return [...found]
    .map(([key, targets]) => {
      const [head, tail] = JSON.parse(key)
      return `${head}${targets.join(', ')}${tail}`
    })
    .join('\n')
}

/**
 * Who can talk to whom as text for people: a line for each endpoint and what it may send, with all it may send it to.
 * `perhaps` is what is `unknown`.
 *
 * @example
 * printConnectivity([
 *   { from: 'web', to: 'api', allowed: [{ protocol: 'TCP', ports: [80] }], unknown: [] },
 *   { from: 'web', to: 'db', allowed: [], unknown: [] },
 * ]) // => 'web → api: TCP 80\nweb → db: nothing'
 */
export const printConnectivity = (connectivity: Connectivity): string =>
  printLines(connectivity.map((connection) => lineOf(connection, printSet(connection))))

const nameOf = (end: string | ReadonlyArray<Member>): string =>
  typeof end === 'string' ? end : printMembers(end)

const signs: Readonly<Record<Decision, string>> = { allowed: '+', denied: '-', unknown: '?' }

/** What one may have thought so far. */
const formerly = ({ before, only }: Change | ClassChange): string =>
  only === undefined ? `was ${before}` : only === 'after' ? 'not there before' : 'no longer there'

/**
 * What changes, as text for people: `+` for what opens, `-` for what closes, `?` for what is no longer known.
 *
 * @example
 * const traffic = [{ protocol: 'TCP', ports: [22] }] as const
 * printChanges([{ from: 'web', to: 'api', before: 'denied', after: 'allowed', traffic }])
 * // => '+ web → api: TCP 22 (was denied)'
 */
export const printChanges = (changes: ReadonlyArray<Change> | ReadonlyArray<ClassChange>): string =>
  changes.length === 0
    ? 'nothing changes'
    : printLines(
        changes.map((change) => {
          const [from, to] = [nameOf(change.from), nameOf(change.to)]
          const addresses = 'addresses' in change ? { addresses: change.addresses } : {}
          const line = lineOf({ from, to, ...addresses }, `${printAll(change.traffic)} (${formerly(change)})`)
          return { ...line, head: `${signs[change.after]} ${line.head}` }
        }),
      )
