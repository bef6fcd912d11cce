import type { Resource } from '../../model/resource.js'
import { networkInterval, printAddresses, printAddressValue } from '../../net/cidr.js'
import { cut, type Interval, join } from '../../net/interval.js'
import type { Endpoint, Network } from '../evaluate/flow.js'
import { allQuestions, type Rulebook, rulebook } from '../evaluate/policy-set.js'
import { type Party, partiesOf } from './peer-class.js'
import { asking } from './peer-pair.js'
import type { Connection, Connectivity, Through } from './traffic.js'

interface Part {
  readonly party: Party
  /** Where it is a part of a network. */
  readonly span?: Interval<bigint>
}

/** The networks that rules and sets tell apart. */
const networksOf = (book: Rulebook): ReadonlyArray<Interval<bigint>> => [
  ...book.sets.flatMap(({ nets }) => nets),
  ...allQuestions(book)
    .flatMap(({ rule: { source = {}, destination = {} } }) => [source, destination])
    .flatMap(({ nets = [], notNets = [] }) => [...nets, ...notNets])
    .flatMap((net) => networkInterval(net) ?? []),
]

const partsIn = (book: Rulebook): ((endpoint: Endpoint | Network) => ReadonlyArray<Part>) => {
  const partyOf = partiesOf(book)
  const marks = networksOf(book)
  return (endpoint) => {
    if (endpoint._tag !== 'Network') return [{ party: partyOf(endpoint) }]
    const nets = endpoint.nets.flatMap((net) => networkInterval(net) ?? [])
    // Of what cannot be read, no address is known.
    if (nets.length < endpoint.nets.length) return [{ party: partyOf({ _tag: 'Address', ip: '' }) }]
    return cut(join(nets), marks).map((span) => ({
      party: partyOf({ _tag: 'Address', ip: printAddressValue(span.from) }),
      span,
    }))
  }
}

/** Asked once for each two parties. */
const remembered = (): ReturnType<typeof asking> => {
  const ask = asking()
  const rows = new Map<Party, Map<Party, Through>>()
  return (from, to) => {
    const row = rows.get(from) ?? new Map<Party, Through>()
    rows.set(from, row)
    const through = row.get(to) ?? ask(from, to)
    row.set(to, through)
    return through
  }
}

/**
 * Who can talk to whom, and how: for each pair of these endpoints with a pod in it, all traffic that `verdict` allows
 * and all of which it says `unknown`, exactly, without asking for each port. A pod with itself stands for another
 * one like it.
 *
 * Takes all resources that matter, as `verdict` does. An endpoint of the kind `Network` is split where rules split it.
 *
 * @example
 * const pod = (role: string) => ({ _tag: 'Workload', namespace: 'shop', labels: { role } }) as const
 * const policy = networkPolicy('api', 'shop').selector("role == 'api'").allowIngress({ protocol: 'TCP' })
 * connectivity([policy], { api: pod('api') })
 * // => [{ from: 'api', to: 'api', allowed: [{ protocol: 'TCP' }], unknown: [] }]
 */
export const connectivity = (
  resources: ReadonlyArray<Resource>,
  endpoints: Readonly<Record<string, Endpoint | Network>>,
): Connectivity => {
  const partsOf = partsIn(rulebook(resources))
  const throughOf = remembered()
  const all = Object.entries(endpoints).map(([name, endpoint]) => ({
    name,
    isPod: endpoint._tag === 'Workload',
    parts: partsOf(endpoint),
  }))
  return all.flatMap((from) =>
    all.flatMap((to): ReadonlyArray<Connection> => {
      if (!from.isPod && !to.isPod) return []
      const found = new Map<Through, Array<Interval<bigint>>>()
      for (const a of from.parts) {
        for (const b of to.parts) {
          const through = throughOf(a.party, b.party)
          const spans = found.get(through) ?? []
          found.set(through, spans)
          spans.push(...[a.span ?? b.span ?? []].flat())
        }
      }
      return [...found].map(([through, spans]) => ({
        from: from.name,
        to: to.name,
        ...(found.size === 1 ? {} : { addresses: join(spans).map(printAddresses) }),
        ...through,
      }))
    }),
  )
}
