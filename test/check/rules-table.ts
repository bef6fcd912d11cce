/**
 * The table of docs/04-check.md, from the rules themselves. Writes it into the document:
 *
 *     npx tsx test/check/rules-table.ts
 */
import { checkRules } from '../../src/check/check.js'
import type { CheckRule } from '../../src/check/engine/constraint.js'
import { cell, rulesTable } from '../docs/rules-table.js'

const releases = ({ since, backports = [], until }: CheckRule): string => {
  if (since === undefined) return until === undefined ? 'all' : `before ${until}`
  const from = `from ${[since, ...backports].join(', ')}`
  return until === undefined ? from : `${from}, before ${until}`
}

/** One rule may stand there several times, each form for other releases. */
const forms = (name: string): ReadonlyArray<CheckRule> => checkRules.filter((rule) => rule.name === name)

/** Forms that take turns are there in all releases. */
const when = (all: ReadonlyArray<CheckRule>): string => {
  const texts = [...new Set(all.map(releases))]
  const everywhere =
    texts.includes('all') ||
    all.some(
      (old) =>
        old.since === undefined && old.until !== undefined && all.some(({ since }) => since === old.until),
    )
  return everywhere ? 'all' : texts.join('; ')
}

const by = (all: ReadonlyArray<CheckRule>): string =>
  [...new Set(all.map((rule) => rule.by ?? 'calicoctl'))].join(', ')

const row = (name: string): string => {
  const all = forms(name)
  const [first] = all
  if (first === undefined) throw new Error(`no rule ${name}`)
  return `| ${[`\`${name}\``, cell(first.what), cell(first.remedy), when(all), by(all), cell(first.source)].join(' | ')} |`
}

const names = [...new Set(checkRules.map((rule) => rule.name))].sort()

export const { document, withTable } = rulesTable('docs/04-check.md', 'test/check/rules-table.ts', [
  '| rule | what is wrong | what to do | Calico | who refuses it | where Calico says so |',
  '|---|---|---|---|---|---|',
  ...names.map(row),
])
