import type { Decision, Reason } from '../evaluate/reason.js'
import type { ClassConnectivity, PeerGroup } from './class-connectivity.js'
import { printSet } from './print-connectivity.js'
import { printJoinedClasses } from './print-joined-classes.js'
import { printMembers } from './print-members.js'
import type { ConnectionSet } from './traffic.js'

/** `json` and `csv` for tools, `markdown` for a review, `mermaid` and `dot` for a picture. */
export type ClassFormat = 'text' | 'json' | 'csv' | 'markdown' | 'mermaid' | 'dot'

const nameOf = ({ members }: PeerGroup): string => printMembers(members)

interface Row {
  readonly from: PeerGroup
  readonly to: PeerGroup
  readonly set: ConnectionSet
}

const rowsOf = ({ classes, connections }: ClassConnectivity): ReadonlyArray<Row> =>
  [...connections()].flatMap(({ from, to, ...set }) => {
    const [a, b] = [classes[from], classes[to]]
    return a === undefined || b === undefined ? [] : [{ from: a, to: b, set }]
  })

/** Where anything gets through, or may. */
const isOpen = ({ set }: Row): boolean => set.allowed.length + set.unknown.length > 0

/** A field of CSV. What a spreadsheet would take for a formula is quoted by an apostrophe before it. */
const field = (text: string): string => `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const label = (text: string): string => text.replaceAll('"', "'").replaceAll('\\', '/').replaceAll('\n', ' ')

const printers: Readonly<Record<ClassFormat, (whole: ClassConnectivity) => string>> = {
  text: printJoinedClasses,
  json: (whole) =>
    JSON.stringify({ classes: whole.classes, connections: [...whole.connections()] }, undefined, 2),
  csv: (whole) =>
    [
      'from,to,allowed,unknown',
      ...rowsOf(whole).map(({ from, to, set: { allowed, unknown } }) =>
        [
          nameOf(from),
          nameOf(to),
          printSet({ allowed, unknown: [] }),
          unknown.length === 0 ? '' : printSet({ allowed: unknown, unknown: [] }),
        ]
          .map(field)
          .join(),
      ),
    ].join('\n'),
  markdown: (whole) =>
    [
      '| from | to | traffic |',
      '|---|---|---|',
      ...rowsOf(whole).map(
        ({ from, to, set }) => `| ${cell(nameOf(from))} | ${cell(nameOf(to))} | ${cell(printSet(set))} |`,
      ),
    ].join('\n'),
  mermaid: (whole) =>
    [
      'flowchart LR',
      ...whole.classes.map((group) => `  c${group.id}["${label(nameOf(group))}"]`),
      ...rowsOf(whole)
        .filter(isOpen)
        .map(({ from, to, set }) => `  c${from.id} -->|"${label(printSet(set))}"| c${to.id}`),
    ].join('\n'),
  dot: (whole) =>
    [
      'digraph connectivity {',
      ...whole.classes.map((group) => `  c${group.id} [label="${label(nameOf(group))}"]`),
      ...rowsOf(whole)
        .filter(isOpen)
        .map(({ from, to, set }) => `  c${from.id} -> c${to.id} [label="${label(printSet(set))}"]`),
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
  rowsOf(connectivity)
    .filter(isOpen)
    .flatMap(({ from, to }) => [
      `${nameOf(from)} → ${nameOf(to)}`,
      ...connectivity
        .explain(from.id, to.id)
        .filter(({ decision }) => open(decision))
        .flatMap(({ traffic, decision, reasons }) => [
          `  ${printSet({ allowed: traffic, unknown: [] })}: ${decision === 'unknown' ? 'not known' : decision}`,
          ...(reasons.length === 0 ? ['    no policy applies'] : reasons.map(ruleLine)),
        ]),
    ])
    .join('\n')
