import type { Decision, Reason } from '../evaluate/reason.js'
import type { ClassConnectivity, PeerGroup } from './class-connectivity.js'
import { printSet } from './print-connectivity.js'
import { printJoinedClasses } from './print-joined-classes.js'
import { printMembers } from './print-members.js'
import type { ConnectionSet } from './traffic.js'

/** `json` and `csv` for tools, `markdown` for a review, `mermaid` and `dot` for a picture. */
export type ClassFormat = 'text' | 'json' | 'csv' | 'markdown' | 'mermaid' | 'dot'

const nameOf = ({ members }: PeerGroup): string => printMembers(members)

/** What stands for a class and for what gets through, in one of the formats. */
interface Words {
  readonly name: (group: PeerGroup) => string
  readonly set: (set: ConnectionSet) => string
}

/** One connection of a map, in words. */
interface Row {
  readonly from: string
  readonly to: string
  readonly set: string
}

/** Where anything gets through, or may. */
const isOpen = ({ allowed, unknown }: ConnectionSet): boolean => allowed.length + unknown.length > 0

/** Each list once: what fares alike has one and the same, and there are few of them. */
const rememberedSet = (print: Words['set']): Words['set'] => {
  const known = new Map<unknown, { readonly unknown: unknown; readonly text: string }>()
  return (set) => {
    const there = known.get(set.allowed)
    if (there?.unknown === set.unknown) return there.text
    const text = print(set)
    known.set(set.allowed, { unknown: set.unknown, text })
    return text
  }
}

/** A line for each pair of classes, those from one class joined: many short texts take several times the memory of few. */
const linesOf = (
  { classes, connections }: ClassConnectivity,
  words: Words,
  line: (row: Row) => string,
  isShown: (set: ConnectionSet) => boolean = () => true,
): ReadonlyArray<string> => {
  const names = classes.map(words.name)
  const setText = rememberedSet(words.set)
  const joined: Array<string> = []
  let lines: Array<string> = []
  let source = -1
  const join = (): void => {
    if (lines.length > 0) joined.push(lines.join('\n'))
    lines = []
  }
  for (const connection of connections()) {
    const from = names[connection.from]
    const to = names[connection.to]
    if (from === undefined || to === undefined || !isShown(connection)) continue
    if (connection.from !== source) join()
    source = connection.from
    lines.push(line({ from, to, set: setText(connection) }))
  }
  join()
  return joined
}

/** A field of CSV. What a spreadsheet would take for a formula is quoted by an apostrophe before it. */
const field = (text: string): string => `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const label = (text: string): string => text.replaceAll('"', "'").replaceAll('\\', '/').replaceAll('\n', ' ')

const inFields: Words = {
  name: (group) => field(nameOf(group)),
  set: ({ allowed, unknown }) => {
    const perhaps = unknown.length === 0 ? '' : printSet({ allowed: unknown, unknown: [] })
    return `${field(printSet({ allowed, unknown: [] }))},${field(perhaps)}`
  },
}

const inCells: Words = { name: (group) => cell(nameOf(group)), set: (set) => cell(printSet(set)) }

const inPictures: Words = { name: ({ id }) => `c${id}`, set: (set) => label(printSet(set)) }

const printers: Readonly<Record<ClassFormat, (whole: ClassConnectivity) => string>> = {
  text: printJoinedClasses,
  json: (whole) =>
    JSON.stringify({ classes: whole.classes, connections: [...whole.connections()] }, undefined, 2),
  csv: (whole) =>
    [
      'from,to,allowed,unknown',
      ...linesOf(whole, inFields, ({ from, to, set }) => `${from},${to},${set}`),
    ].join('\n'),
  markdown: (whole) =>
    [
      '| from | to | traffic |',
      '|---|---|---|',
      ...linesOf(whole, inCells, ({ from, to, set }) => `| ${from} | ${to} | ${set} |`),
    ].join('\n'),
  mermaid: (whole) =>
    [
      'flowchart LR',
      ...whole.classes.map((group) => `  c${group.id}["${label(nameOf(group))}"]`),
      ...linesOf(whole, inPictures, ({ from, to, set }) => `  ${from} -->|"${set}"| ${to}`, isOpen),
    ].join('\n'),
  dot: (whole) =>
    [
      'digraph connectivity {',
      ...whole.classes.map((group) => `  c${group.id} [label="${label(nameOf(group))}"]`),
      ...linesOf(whole, inPictures, ({ from, to, set }) => `  ${from} -> ${to} [label="${set}"]`, isOpen),
      '}',
    ].join('\n'),
}

/**
 * Who can talk to whom by classes, as text for people, for tools or for a picture. A class is named by its first
 * members. Pictures leave out what lets nothing through.
 *
 * @example
 * const world = orThrow(compile({ pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }] }))
 * printClasses(world.connectivity(), 'text') // => 'shop/web → shop/web: everything'
 */
export const printClasses = (connectivity: ClassConnectivity, format: ClassFormat): string =>
  printers[format](connectivity)

const nameAt = ({ classes }: ClassConnectivity, id: number): string => {
  const group = classes[id]
  return group === undefined ? '' : nameOf(group)
}

const ruleLine = ({ direction, tier, policy, rule, action, certain }: Reason): string => {
  const who = policy === undefined ? `end of tier "${tier}"` : `${policy}, rule ${rule}`
  return `    ${direction.toLowerCase()}: ${who}: ${action}${certain ? '' : ' (may match)'}`
}

const open = (decision: Decision): boolean => decision !== 'denied'

/**
 * The whole map with what lets it through: for each pair of classes the traffic that gets through, or may, and the rules
 * that had a say, in order. A pair that lets nothing through is left out.
 *
 * @example
 * const web = { _tag: 'Workload', namespace: 'shop', name: 'web', namespaceLabels: {}, serviceAccount: '' }
 * const resources = [networkPolicy('web', 'shop').allowIngress({ protocol: 'TCP' })]
 * printExplainedClasses(orThrow(compile({ resources, pods: [web] })).connectivity())
 * // => 'shop/web → shop/web\n  TCP: allowed\n    ingress: NetworkPolicy(shop/web), rule 0: Allow'
 */
export const printExplainedClasses = (connectivity: ClassConnectivity): string =>
  [...connectivity.connections()]
    .filter(isOpen)
    .flatMap(({ from, to }) => [
      `${nameAt(connectivity, from)} → ${nameAt(connectivity, to)}`,
      ...connectivity
        .explain(from, to)
        .filter(({ decision }) => open(decision))
        .flatMap(({ traffic, decision, reasons }) => [
          `  ${printSet({ allowed: traffic, unknown: [] })}: ${decision === 'unknown' ? 'not known' : decision}`,
          ...(reasons.length === 0 ? ['    no policy applies'] : reasons.map(ruleLine)),
        ]),
    ])
    .join('\n')
