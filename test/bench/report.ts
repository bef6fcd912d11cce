import type { Figure, Size } from './measure.js'

const has = (flag: string): boolean => process.argv.includes(flag)

/** Few rounds: to try things, not to quote them. */
export const quick = has('--quick')
export const json = has('--json')
const markdown = has('--markdown')

/** What a row is to reach, and what it has reached. */
export interface Target {
  readonly what: string
  readonly reach: number
  readonly here: number
}

/** One row of the benchmarks: `in milliseconds` the figures are times, else rates. */
export interface Row {
  readonly row: string
  readonly figures: ReadonlyArray<Figure> | ReadonlyArray<Wall>
  readonly growth?: ReadonlyArray<Size>
  readonly targets: ReadonlyArray<Target>
}

/** Milliseconds of a whole process, by the clock. */
export interface Wall {
  readonly name: string
  readonly ms: number
  readonly spread: readonly [number, number]
}

const number = (value: number): string =>
  value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 })

const cells = (figure: Figure | Wall): readonly [string, string, string] => [
  figure.name,
  'ms' in figure ? `${number(figure.ms)} ms` : number(figure.perSecond),
  figure.spread.map(number).join(' to '),
]

const notes = ({ growth, targets }: Row): ReadonlyArray<string> => [
  ...(growth === undefined
    ? []
    : [
        `each costs: ${growth.map(({ items, micros }) => `${number(micros)} µs of ${number(items)}`).join(', ')}`,
      ]),
  ...targets.map(({ what, reach, here }) => `${what}: ${number(here)} (to reach: ${number(reach)})`),
]

const asMarkdown = (row: Row): string =>
  [
    `\n### ${row.row}\n\n| | median | spread |\n|---|---|---|`,
    ...row.figures.map((figure) => `| ${cells(figure).join(' | ')} |`),
    '',
    ...notes(row).map((note) => `- ${note}`),
  ].join('\n')

const asText = (row: Row): string =>
  [
    `\n${row.row} (median, spread of the rounds)`,
    ...row.figures.map((figure) => {
      const [name, median, spread] = cells(figure)
      return `  ${name.padEnd(44)} ${median.padStart(12)}  (${spread})`
    }),
    ...notes(row).map((note) => `  ${note}`),
  ].join('\n')

/** For people, as a section of docs/performance.md with `--markdown`, or as one line with `--json`. */
export const report = (row: Row): void => {
  if (json) console.log(JSON.stringify({ ...row, node: process.version }))
  else console.log(markdown ? asMarkdown(row) : asText(row))
}
