import type { Connection, Connectivity } from './connection.js'

/** The connections from one endpoint to another, in two states. */
export interface Pair {
  readonly from: string
  readonly to: string
  readonly before: ReadonlyArray<Connection>
  readonly after: ReadonlyArray<Connection>
}

type Rows = Map<string, Map<string, Array<Connection>>>

const rowsOf = (connectivity: Connectivity): Rows => {
  const rows: Rows = new Map()
  for (const connection of connectivity) {
    const row = rows.get(connection.from) ?? new Map<string, Array<Connection>>()
    rows.set(connection.from, row)
    const cell = row.get(connection.to)
    if (cell === undefined) row.set(connection.to, [connection])
    else cell.push(connection)
  }
  return rows
}

/** The pairs of both, those of the first one first. */
export function* pairsOf(before: Connectivity, after: Connectivity): Generator<Pair> {
  const [was, is] = [rowsOf(before), rowsOf(after)]
  for (const from of new Set([...was.keys(), ...is.keys()])) {
    const [old, fresh] = [was.get(from), is.get(from)]
    for (const to of new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]))
      yield { from, to, before: old?.get(to) ?? [], after: fresh?.get(to) ?? [] }
  }
}
