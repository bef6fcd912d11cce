/** The words of a selector as regular expressions: those that `parseSelector` reads, and `isPlainSelector` knows. */

// The tokenizer's \s, narrower than JavaScript's. Between tokens, only spaces and tabs are blank.
const space = '[\\t\\n\\f\\r ]*'

/** A letter of a label. */
export const keyLetter = '[a-zA-Z0-9_./-]'

/** A label. */
export const key = `${keyLetter}{1,512}`

/** `has(label)`, where `label` is the expression for it. */
export const has = (label: string): string => `has\\(${space}${label}${space}\\)`

/** `all()` or `global()`, where `name` is the expression for both words. */
export const call = (name: string): string => `${name}\\(${space}\\)`

/** What compares a label with one value, or with a set of them. */
export const operators = {
  onValue: ['==', '!=', 'contains', `starts${space}with`, `ends${space}with`],
  onSet: [`not${space}in\\b`, 'in\\b'],
} as const
