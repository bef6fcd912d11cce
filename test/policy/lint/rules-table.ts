/**
 * The table of docs/15-lint.md, from the rules themselves. Writes it into the document:
 *
 *     npx tsx test/policy/lint/rules-table.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lintRules } from '../../../src/policy/lint/lint.js'

export const document = fileURLToPath(new URL('../../../docs/15-lint.md', import.meta.url))

const begin = '<!-- rules: written by test/policy/lint/rules-table.ts -->'
const end = '<!-- /rules -->'

const cell = (text: string): string => text.replaceAll('|', '\\|')

export const table = [
  begin,
  "| rule | what is wrong | what to do | where Calico's code makes it so |",
  '|---|---|---|---|',
  ...lintRules.map(
    ({ name, what, remedy, source }) =>
      `| ${[`\`${name}\``, ...[what, remedy, source].map(cell)].join(' | ')} |`,
  ),
  end,
].join('\n')

/** The document with the table of these rules. */
export const withTable = (text: string): string => {
  const [before = '', rest = ''] = text.split(begin)
  return `${before}${table}${rest.split(end)[1] ?? ''}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(document, withTable(readFileSync(document, 'utf8')))
}
