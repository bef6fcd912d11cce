import type { Hints, Words } from './fault.js'
import { characters } from './hints-character.js'

const joined = (hint: string): Words => [
  'selector-operator',
  'Expected `&&` or `||` between conditions, found `$word`.',
  hint,
]

/** After a condition, where `&&`, `||` or the end should be. */
export const joint: Hints = [
  joined('Add && or || before it.'),
  [/\)/y, 'selector-parenthesis', 'This parenthesis was never opened.', 'Remove it, or open one before it.'],
  [/[&,;]|and\b/iy, ...joined('Did you mean `&&`?')],
  [/\||or\b/iy, ...joined('Did you mean `||`?')],
  [
    /(?<=["'])[^\s=!]/y,
    'selector-quote',
    'The value ended at the quote before.',
    'Put a value that holds one kind of quote between the other kind. There are no escapes.',
  ],
  [
    /[=!]|in\b|not\b|contains|starts|ends/iy,
    'selector-operator',
    'An operator must follow a label, but a condition has just ended.',
    'Write a label before `$word`, or join conditions with `&&` or `||`.',
  ],
  ...characters,
]

/** A parenthesis without its partner. */
export const openParenthesis: Hints = [
  ['selector-parenthesis', 'This parenthesis is never closed.', 'Close it with ).'],
]
