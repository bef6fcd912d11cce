import type { PeerGroup } from './class-connectivity.js'
import { printSet } from './print-connectivity.js'
import type { ConnectionSet } from './traffic.js'

/** What gets through from one class to another. */
export interface Row {
  readonly from: PeerGroup
  readonly to: PeerGroup
  readonly set: ConnectionSet
}

export interface MergedRow {
  readonly from: Array<PeerGroup>
  readonly to: ReadonlyArray<PeerGroup>
  readonly text: string
}

type Targets = Map<string, Array<PeerGroup>>

/** Of each class, the others to which the same gets through. */
const bySource = (rows: ReadonlyArray<Row>): ReadonlyMap<PeerGroup, Targets> => {
  const found = new Map<PeerGroup, Targets>()
  for (const { from, to, set } of rows) {
    const targets: Targets = found.get(from) ?? new Map()
    found.set(from, targets)
    const text = printSet(set)
    const there = targets.get(text)
    if (there === undefined) targets.set(text, [to])
    else there.push(to)
  }
  return found
}

/** Rows that say the same: of one class to several others, and of several classes to the same others. */
export const mergedRows = (rows: ReadonlyArray<Row>): ReadonlyArray<MergedRow> => {
  const merged = new Map<string, MergedRow>()
  for (const [from, targets] of bySource(rows))
    for (const [text, to] of targets) {
      const key = `${to.map(({ id }) => id).join()} ${text}`
      const there = merged.get(key)
      if (there === undefined) merged.set(key, { from: [from], to, text })
      else there.from.push(from)
    }
  return [...merged.values()]
}
