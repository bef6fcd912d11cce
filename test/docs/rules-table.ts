import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A cell of a table in Markdown. */
export const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The table of rules in a document: `script`, by its path from the root, writes it there from the rules themselves. */
export const rulesTable = (path: string, script: string, rows: ReadonlyArray<string>) => {
  const document = fileURLToPath(new URL(`../../${path}`, import.meta.url))
  const begin = `<!-- rules: written by ${script} -->`
  const end = '<!-- /rules -->'
  /** The document with the table of these rules. */
  const withTable = (text: string): string => {
    const [before = '', rest = ''] = text.split(begin)
    return `${before}${[begin, ...rows, end].join('\n')}${rest.split(end)[1] ?? ''}`
  }
  const write = (): void => writeFileSync(document, withTable(readFileSync(document, 'utf8')))
  if (process.argv[1] === fileURLToPath(new URL(`../../${script}`, import.meta.url))) write()
  return { document, withTable }
}
