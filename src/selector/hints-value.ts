import type { Hint, Hints } from './fault.js'
import { characters } from './hints-character.js'

const backquoted: Hint = [
  /`/y,
  'selector-quote',
  'Calico does not accept backquotes. A value that holds both kinds of quote cannot be written.',
  'Write "web" or \'web\'. There are no escapes.',
]

const unquoted = (rule: 'selector-value' | 'selector-set'): Hint => [
  /[^(){}[\],=!&|]/y,
  rule,
  'Values must be quoted, and this one is not.',
  'Did you mean "$word"?',
]

/** After `==` and its like, where a value should stand. */
export const value: Hints = [
  ['selector-value', 'Expected a value here, found `$word`.', 'Write it in quotes: "web".'],
  [/$/y, 'selector-value', 'The selector ends where a value should follow.', 'Add a value in quotes: "web".'],
  [/(?<===)=/y, 'selector-operator', 'The operator has one `=` too many.', 'Did you mean `==`?'],
  [/(?<=!=)=/y, 'selector-operator', 'The operator has one `=` too many.', 'Did you mean `!=`?'],
  [/\{/y, 'selector-value', 'Only `in` and `not in` take a set.', 'Write role in {"web", "api"}.'],
  backquoted,
  ...characters,
  unquoted('selector-value'),
]

/** After `in`, where a set should open. */
export const set: Hints = [
  ['selector-set', 'Expected a set in curly braces.', 'Write in {"web", "api"}.'],
  [
    /[([]/y,
    'selector-set',
    'A set is written in curly braces, not with `$word`.',
    'Write in {"web", "api"}.',
  ],
  ...characters,
]

/** Inside a set, where it should go on or close. */
export const member: Hints = [
  ['selector-set', 'Expected `,` or `}` here, found `$word`.', 'Close it with }.'],
  [/$/y, 'selector-set', 'The set is never closed.', 'Close it with }.'],
  [/,/y, 'selector-set', 'A value is missing before this comma.', 'Remove the comma.'],
  [/[)\]]/y, 'selector-set', 'A set is closed with a curly brace.', 'Write } instead of $word.'],
  [/["']/y, 'selector-set', 'A comma is missing between two values.', 'Add a comma before this value.'],
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
