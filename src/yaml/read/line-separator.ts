import { CST, Lexer } from 'yaml'

/*
 * U+2028 and U+2029 end a line in YAML 1.1, and are characters like others in YAML 1.2. calicoctl prints them as they
 * are, in single quotes or in a literal block, and indents what follows: `get -o yaml` of a text that has one.
 *
 * **Source**: `gopkg.in/yaml.v2/emitterc.go`, yaml_emitter_write_single_quoted and …_literal; `scannerc.go`.
 */

const any = /[\u2028\u2029]/
const run = /[ \t]*[\u2028\u2029](?:[ \t]*[\u2028\u2029])*[ \t]*/g
/** Beside a line feed the two fold into one another; before these, a document begins or ends. */
const isUnclear = /\n[ \t]*[\u2028\u2029]|[\u2028\u2029][ \t]*\n|[\u2028\u2029](?:---|\.\.\.)/

const literalHead = /^\|[-+]?$/

/** Where in a text a separator stands that the two versions read in two ways and nobody prints; -1 for nowhere. */
export const strayLineSeparator = (text: string): number => {
  if (!any.test(text)) return -1
  let offset = 0
  let head = ''
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    if (token === CST.SCALAR) {
      isScalar = true
      continue
    }
    if (token === CST.DOCUMENT || token === CST.FLOW_END) continue
    if (any.test(token) && !isPrinted(token, isScalar, head)) return offset + token.search(any)
    if (isScalar) head = ''
    else if (literalHead.test(token)) head = token
    isScalar = false
    offset += token.length
  }
  return -1
}

const isPrinted = (token: string, isScalar: boolean, head: string): boolean => {
  if (!isScalar) return token.startsWith("'") && !isUnclear.test(token)
  if (head === '') return false
  // At its end, the block's last line break would be in doubt.
  const after = new RegExp(`[\\u2028\\u2029](?! {${indentOf(token)}}|[\\u2028\\u2029]|\\n\\s*\\S)`)
  return !after.test(token)
}

const indentOf = (block: string): number => /^(?:[ ]*\n)*( *)/.exec(block)?.[1]?.length ?? 0

/** What is in single quotes, without the blanks around its separators: they indent. */
export const withoutFolds = (value: string): string =>
  value.replace(run, (found) => found.replace(/[ \t]/g, ''))

/** The text of a literal block, without what indents the lines that its separators begin. */
export const withoutIndent = (value: string, written: string): string => {
  const indent = indentOf(written.slice(written.indexOf('\n') + 1))
  return value.replace(new RegExp(`([\\u2028\\u2029]) {${indent}}`, 'g'), '$1')
}

export const hasLineSeparator = (text: string): boolean => any.test(text)
