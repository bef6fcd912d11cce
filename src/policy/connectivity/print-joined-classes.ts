import type { ClassConnection, ClassConnectivity, PeerGroup } from './class-connectivity.js'
import { printSet } from './print-connectivity.js'
import { printGroups } from './print-members.js'

/** What gets through, in words; lists that are one value are put into words once. */
const setWords = (): ((connection: ClassConnection) => string) => {
  const known = new Map<unknown, Map<unknown, string>>()
  return ({ allowed, unknown }) => {
    const texts = known.get(allowed) ?? new Map<unknown, string>()
    known.set(allowed, texts)
    const text = texts.get(unknown) ?? printSet({ allowed, unknown })
    texts.set(unknown, text)
    return text
  }
}

/** By their ids: what gets through from each of some classes to each of others. */
interface Joined {
  readonly from: Array<number>
  readonly to: ReadonlyArray<number>
  readonly text: string
}

type Targets = Map<string, Array<number>>

/** Connections that say the same: of one class to several others, and of several classes to the same others. */
const joined = ({ connections }: ClassConnectivity): Iterable<Joined> => {
  const wordsOf = setWords()
  const lines = new Map<string, Joined>()
  const add = (from: number, targets: Targets): void => {
    for (const [text, to] of targets) {
      const key = `${to.join()} ${text}`
      const line = lines.get(key)
      if (line === undefined) lines.set(key, { from: [from], to, text })
      else line.from.push(from)
    }
  }
  let source = -1
  let targets: Targets = new Map()
  for (const connection of connections()) {
    const { from, to } = connection
    if (from !== source) {
      add(source, targets)
      source = from
      targets = new Map()
    }
    const text = wordsOf(connection)
    const there = targets.get(text)
    if (there === undefined) targets.set(text, [to])
    else there.push(to)
  }
  add(source, targets)
  return lines.values()
}

/** Who can talk to whom as text for people: what several ends may send to the same others is one line. */
export const printJoinedClasses = (whole: ClassConnectivity): string => {
  const groups = (ids: ReadonlyArray<number>): ReadonlyArray<PeerGroup> =>
    ids.flatMap((id) => whole.classes[id] ?? [])
  const lines: Array<string> = []
  for (const { from, to, text } of joined(whole))
    lines.push(`${printGroups(groups(from))} → ${printGroups(groups(to))}: ${text}`)
  return lines.join('\n')
}
