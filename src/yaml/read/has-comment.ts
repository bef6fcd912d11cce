import { Lexer } from 'yaml'

/** Whether a text of YAML has a comment in it: a `#` in quotes or in a block of text begins none. */
export const hasComment = (text: string): boolean => {
  if (!text.includes('#')) return false
  let isContent = false
  for (const token of new Lexer().lex(text)) {
    if (!isContent && token.startsWith('#')) return true
    isContent = token === '\u001f'
  }
  return false
}
