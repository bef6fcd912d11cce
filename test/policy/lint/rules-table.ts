/**
 * The table of docs/15-lint.md, from the rules themselves. Writes it into the document:
 *
 *     npx tsx test/policy/lint/rules-table.ts
 */
import { lintRules } from '../../../src/policy/lint/lint.js'
import { cell, rulesTable } from '../../docs/rules-table.js'

export const { document, withTable } = rulesTable('docs/15-lint.md', 'test/policy/lint/rules-table.ts', [
  "| rule | what is wrong | what to do | where Calico's code makes it so |",
  '|---|---|---|---|',
  ...lintRules.map(
    ({ name, what, remedy, source }) =>
      `| ${[`\`${name}\``, ...[what, remedy, source].map(cell)].join(' | ')} |`,
  ),
])
