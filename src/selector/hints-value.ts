import type { Hint, Hints } from './fault.js'
import { characters } from './hints-character.js'

const backquoted: Hint = [
  /`/y,
  'selector-quote',
  'Backquotes are no quotes to Calico. A value that holds both kinds of quote cannot be written.',
  'Write "web" or \'web\'. There are no escapes.',
]

const unquoted = (rule: 'selector-value' | 'selector-set'): Hint => [
  /[^(){}[\],=!&|]/y,
  rule,
  'Values are quoted, and this one is not.',
  'Did you mean "$word"?',
]

/** After `==` and its like, where a value should stand. */
export const value: Hints = [
  ['selector-value', 'A value should stand here, but here is `$word`.', 'Write it in quotes: "web".'],
  [/$/y, 'selector-value', 'A value should follow, and the selector ends.', 'Add a value in quotes: "web".'],
  [/(?<===)=/y, 'selector-operator', 'The operator has an `=` too many.', 'Did you mean `==`?'],
  [/(?<=!=)=/y, 'selector-operator', 'The operator has an `=` too many.', 'Did you mean `!=`?'],
  [/\{/y, 'selector-value', 'Only `in` and `not in` take a set.', 'Write role in {"web", "api"}.'],
  backquoted,
  ...characters,
  unquoted('selector-value'),
]

/** After `in`, where a set should open. */
export const set: Hints = [
  ['selector-set', 'A set in curly braces should follow.', 'Write in {"web", "api"}.'],
  [/[([]/y, 'selector-set', 'A set stands in curly braces, but here is `$word`.', 'Write in {"web", "api"}.'],
  ...characters,
]

/** Inside a set, where it should go on or close. */
export const member: Hints = [
  ['selector-set', 'The set should go on or close here, but here is `$word`.', 'Close it with }'],
  [/$/y, 'selector-set', 'The set is never closed.', 'Close it with }'],
  [/,/y, 'selector-set', 'A value should stand before this comma.', 'Remove the comma.'],
  [/[)\]]/y, 'selector-set', 'A set closes with a curly brace.', 'Write } instead of $word'],
  [/["']/y, 'selector-set', 'A comma should stand between two values.', 'Add a comma before this value.'],
  backquoted,
  ...characters,
  unquoted('selector-set'),
]

/** A value that does not end. */
export const quote: Hints = [
  [
    'selector-quote',
    'This quote is never closed.',
    'A value ends at the next quote of its kind. There are no escapes.',
  ],
]
