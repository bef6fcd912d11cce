import type { CoveredRule } from './rule-coverage.js'
import { type RuleLines, ruleLines } from './rule-lines.js'

/** `lcov` is what editors and services of code coverage read: each rule is a line. */
export type CoverageFormat = 'text' | 'json' | 'lcov'

type Rules = ReadonlyArray<CoveredRule>

interface Placed {
  readonly rule: CoveredRule
  readonly file?: string
  readonly line?: number
}

const placed = (rules: Rules, lineOf: RuleLines): ReadonlyArray<Placed> =>
  rules.map((rule) => ({ rule, ...lineOf(rule) }))

const nameOf = ({ policy, direction, rule }: CoveredRule): string =>
  `${policy}, ${direction.toLowerCase()} rule ${rule}`

const printText = (all: ReadonlyArray<Placed>): string => {
  const missed = all.filter(({ rule }) => rule.hits === 0)
  return [
    `${all.length - missed.length} of ${all.length} rules were hit`,
    ...missed.map(
      ({ rule, file, line }) =>
        `  never hit: ${nameOf(rule)}${file === undefined ? '' : ` (${file}:${line})`}`,
    ),
  ].join('\n')
}

const record = (file: string, those: ReadonlyArray<Placed>): string => {
  const lines = new Map<number, number>()
  for (const { rule, line = 1 } of those) lines.set(line, (lines.get(line) ?? 0) + rule.hits)
  const sorted = [...lines].sort(([a], [b]) => a - b)
  return [
    'TN:',
    `SF:${file}`,
    ...sorted.map(([line, hits]) => `DA:${line},${hits}`),
    `LF:${sorted.length}`,
    `LH:${sorted.filter(([, hits]) => hits > 0).length}`,
    'end_of_record',
  ].join('\n')
}

const printLcov = (all: ReadonlyArray<Placed>): string => {
  const files = new Map<string, Array<Placed>>()
  for (const it of all) if (it.file !== undefined) files.set(it.file, [...(files.get(it.file) ?? []), it])
  return [...files].map(([file, those]) => `${record(file, those)}\n`).join('')
}

const printJson = (all: ReadonlyArray<Placed>): string =>
  JSON.stringify(
    {
      rules: all.length,
      hit: all.filter(({ rule }) => rule.hits > 0).length,
      places: all.map(({ rule, ...place }) => ({ ...rule, ...place })),
    },
    undefined,
    2,
  )

const printers = { text: printText, json: printJson, lcov: printLcov } as const

/**
 * What tests have hit, and what never: as text for people, as JSON, or as lcov. The texts of the files, by name, give each rule
 * its line; lcov has no rules but those of the files.
 *
 * @example
 * printCoverage([{ policy: 'NetworkPolicy(shop/none)', direction: 'Ingress', rule: 0, hits: 0 }], 'text')
 * // => '0 of 1 rules were hit\n  never hit: NetworkPolicy(shop/none), ingress rule 0'
 */
export const printCoverage = (
  rules: Rules,
  format: CoverageFormat,
  files: Readonly<Record<string, string>> = {},
): string => printers[format](placed(rules, ruleLines(files)))
