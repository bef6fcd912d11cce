/** One character for each, and none that a terminal would obey. */
export const visible = (text: string): string =>
  text
    .replace(/\t/g, ' ')
    .replace(/[\r\n]/g, '⏎')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')

/** The text around the place, and a caret below it. */
export const codeFrame = (text: string, at: number): string => {
  const begin = Math.max(0, at - 50)
  const before = `${begin > 0 ? '…' : ''}${visible(text.slice(begin, at))}`
  const after = `${visible(text.slice(at, at + 30))}${at + 30 < text.length ? '…' : ''}`
  return `${before}${after}\n${' '.repeat([...before].length)}^`
}
