/** A field of CSV. What a spreadsheet would take for a formula is quoted by an apostrophe before it. */
export const csvField = (text: string): string =>
  `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`

/** A cell of a table in Markdown. */
export const tableCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A text that Mermaid and DOT take between quotes. */
export const graphLabel = (text: string): string =>
  text.replaceAll('"', "'").replaceAll('\\', '/').replaceAll('\n', ' ')
