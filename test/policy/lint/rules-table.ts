/**
 * The table of docs/15-lint.md, from the rules themselves. Writes it into the document:
 *
 *     npx tsx test/policy/lint/rules-table.ts
 */
import { lintRules } from '../../../src/policy/lint/lint.js'
import { cell, rulesTable } from '../../docs/rules-table.js'

/** `projectcalico/calico#4119` of the address of an issue or a pull request. */
const link = (report: string | undefined): string => {
  const [, repository, number] =
    /github\.com\/([^/]+\/[^/]+)\/(?:issues|pull)\/(\d+)$/.exec(report ?? '') ?? []
  return repository === undefined ? '' : `[${repository}#${number}](${report})`
}

export const { document, withTable } = rulesTable('docs/15-lint.md', 'test/policy/lint/rules-table.ts', [
  "| rule | what is wrong | what to do | where Calico's code makes it so | reported | needs `world` |",
  '|---|---|---|---|---|---|',
  ...lintRules.map(
    ({ name, what, remedy, source, report, world = '' }) =>
      `| ${[`\`${name}\``, ...[what, remedy, source].map(cell), link(report), world].join(' | ')} |`,
  ),
])
