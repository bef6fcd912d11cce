import type { Decision } from '../evaluate/reason.js'
import type { ClassChange } from './class-changes.js'
import type { Member } from './class-connectivity.js'
import type { ClassFormat } from './print-classes.js'
import { printChanges, printSet } from './print-connectivity.js'
import { printMembers as names } from './print-members.js'
import { tableCell as cell, csvField as field, graphLabel as label } from './text-cells.js'
import type { Traffic } from './traffic.js'

type Changes = ReadonlyArray<ClassChange>

const signs: Readonly<Record<Decision, string>> = { allowed: '+', denied: '-', unknown: '?' }

/** What it is and was, of a state that has both ends. */
const stateOf = (change: ClassChange, state: 'before' | 'after'): string =>
  change.only === undefined || change.only === state ? change[state] : 'not there'

const printAll = (traffic: ReadonlyArray<Traffic>): string => printSet({ allowed: traffic, unknown: [] })

/** The ends of all changes, each with a number. */
const ends = (changes: Changes): ReadonlyMap<string, number> =>
  new Map(
    [...new Set(changes.flatMap(({ from, to }) => [names(from), names(to)]))].map((name, id) => [name, id]),
  )

const arrows = { allowed: '-->', denied: '-.->', unknown: '-.->' } as const
const colours = { allowed: 'green', denied: 'red', unknown: 'orange' } as const

const graph = (
  changes: Changes,
  node: (id: number, name: string) => string,
  edge: (change: ClassChange, from: number, to: number) => string,
): ReadonlyArray<string> => {
  const ids = ends(changes)
  const idOf = (members: ReadonlyArray<Member>): number => ids.get(names(members)) ?? 0
  return [
    ...[...ids].map(([name, id]) => node(id, name)),
    ...changes.map((change) => edge(change, idOf(change.from), idOf(change.to))),
  ]
}

const printers: Readonly<Record<ClassFormat, (changes: Changes) => string>> = {
  text: printChanges,
  json: (changes) => JSON.stringify({ changes }, undefined, 2),
  csv: (changes) =>
    [
      'from,to,before,after,traffic',
      ...changes.map((change) =>
        [
          names(change.from),
          names(change.to),
          stateOf(change, 'before'),
          stateOf(change, 'after'),
          printAll(change.traffic),
        ]
          .map(field)
          .join(),
      ),
    ].join('\n'),
  markdown: (changes) =>
    changes.length === 0
      ? 'Nothing changes.'
      : [
          '| | from | to | traffic | before | after |',
          '|---|---|---|---|---|---|',
          ...changes.map((change) => {
            const { from, to, after, traffic } = change
            const cells = [names(from), names(to), printAll(traffic)].map(cell).join(' | ')
            return `| ${signs[after]} | ${cells} | ${stateOf(change, 'before')} | ${stateOf(change, 'after')} |`
          }),
        ].join('\n'),
  mermaid: (changes) =>
    [
      'flowchart LR',
      ...graph(
        changes,
        (id, name) => `  c${id}["${label(name)}"]`,
        (it, from, to) =>
          `  c${from} ${arrows[it.after]}|"${signs[it.after]} ${label(printAll(it.traffic))}"| c${to}`,
      ),
    ].join('\n'),
  dot: (changes) =>
    [
      'digraph changes {',
      ...graph(
        changes,
        (id, name) => `  c${id} [label="${label(name)}"]`,
        (it, from, to) =>
          `  c${from} -> c${to} [color=${colours[it.after]} label="${signs[it.after]} ${label(printAll(it.traffic))}"]`,
      ),
      '}',
    ].join('\n'),
}

/**
 * What changes between classes, as text for people, for tools, for a review or for a picture: `+` for what opens, `-` for
 * what closes, `?` for what is no longer known. Ends are named by their first members; `json` has them all.
 *
 * @example
 * const traffic = [{ protocol: 'TCP', ports: [22] }] as const
 * printClassChanges([{ from: [{ name: 'web' }], to: [{ name: 'api' }], before: 'denied', after: 'allowed', traffic }], 'text')
 * // => '+ web → api: TCP 22 (was denied)'
 */
export const printClassChanges = (changes: Changes, format: ClassFormat): string => printers[format](changes)
