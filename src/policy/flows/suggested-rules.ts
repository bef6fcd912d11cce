import type { Protocol } from '../../model/policy/protocol.js'
import type { Rule } from '../../model/policy/rule.js'
import { entityRule, type PeerTerm } from './peer-terms.js'

/** Traffic with an end, as it was seen. */
export interface Seen {
  readonly term: PeerTerm
  readonly protocol: Protocol
  readonly port: number | undefined
}

const hasPorts = (protocol: Protocol): protocol is 'TCP' | 'UDP' | 'SCTP' =>
  protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP'

const isService = ({ term }: Seen): boolean => term._tag === 'Service'

interface Drawn {
  readonly protocol: Protocol | undefined
  readonly ports: ReadonlyArray<number> | undefined
  readonly seen: Seen
  readonly nets: ReadonlyArray<string>
}

const groupBy = <A>(all: ReadonlyArray<A>, keyOf: (item: A) => string): ReadonlyArray<ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const item of all) {
    const key = keyOf(item)
    const there = groups.get(key)
    if (there === undefined) groups.set(key, [item])
    else there.push(item)
  }
  return [...groups.values()]
}

const portsOf = (seen: ReadonlyArray<Seen>): ReadonlyArray<number> | undefined => {
  const ports = seen.map(({ port }) => port)
  return ports.includes(undefined)
    ? undefined
    : [...new Set(ports.flatMap((it) => it ?? []))].sort((a, b) => a - b)
}

/** A rule for each end and protocol, with all ports that were seen; addresses with the same ports are one. */
const drawn = (all: ReadonlyArray<Seen>): ReadonlyArray<Drawn> => {
  const byEnd = groupBy(all, (it) => JSON.stringify([it.term, isService(it) ? '' : it.protocol]))
  const rows = byEnd.flatMap((those): ReadonlyArray<Drawn> => {
    const [seen] = those
    if (seen === undefined) return []
    const isWhole = isService(seen) || !hasPorts(seen.protocol)
    return [
      {
        seen,
        protocol: isService(seen) ? undefined : seen.protocol,
        ports: isWhole ? undefined : portsOf(those),
        nets: seen.term._tag === 'Net' ? [seen.term.net] : [],
      },
    ]
  })
  return groupBy(rows, (row) =>
    row.nets.length === 0
      ? JSON.stringify([row.seen.term, row.protocol])
      : JSON.stringify([row.protocol, row.ports]),
  ).flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, nets: [first, ...others].flatMap(({ nets }) => nets).sort() }],
  )
}

const endOf = ({ seen, nets }: Drawn, namespace: string) =>
  nets.length > 0 ? { nets } : entityRule(seen.term, namespace)

/** The rules that let through what was seen, in a policy of a namespace: in one order, whatever order it was seen in. */
export const suggestedRules = (
  direction: 'Ingress' | 'Egress',
  all: ReadonlyArray<Seen>,
  namespace: string,
): ReadonlyArray<Rule> =>
  drawn(all)
    .map((row): Rule => {
      const { protocol, ports } = row
      const end = endOf(row, namespace)
      const [source, destination] =
        direction === 'Ingress'
          ? [end, ports && { ports }]
          : [undefined, { ...end, ...(ports === undefined ? {} : { ports }) }]
      return {
        action: 'Allow',
        ...(protocol === undefined ? {} : { protocol }),
        ...(source === undefined ? {} : { source }),
        ...(destination === undefined ? {} : { destination }),
      }
    })
    .map((rule) => ({ rule, text: JSON.stringify(rule) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ rule }) => rule)
