import type { Hint, Hints } from './fault.js'
import { characters } from './hints-character.js'

/** Where a condition should begin. */
export const atStart: Hints = [
  [
    'selector-condition',
    'Expected a condition here, found `$word`.',
    'A condition is role == "web", has(role) or the like. Labels have only letters, digits and _ . / -',
  ],
  [
    /$/y,
    'selector-condition',
    'The selector ends where a condition should follow.',
    'Add a condition, such as has(role), or remove what asks for one.',
  ],
  [
    /\)/y,
    'selector-condition',
    'A condition is missing before this parenthesis.',
    'Add a condition, such as has(role). To match everything, write all().',
  ],
  [
    /["']/y,
    'selector-condition',
    'A condition begins with a label, and labels are not quoted.',
    'Write the label, the operator, the value: role == "web".',
  ],
  [
    /`/y,
    'selector-label',
    'Calico cannot read this label.',
    'Labels have only letters, digits and _ . / - and no more than 512 of them.',
  ],
  [/\*/y, 'selector-condition', '`*` is not a condition.', 'To match everything, write all().'],
  ...characters,
]

const ended = '(?:$|\\)|&&|\\|\\|)'

/** The label before is one of these words. */
const after = (words: string, blank = ''): string => `(?<=(?<![\\w./-])(?:${words})${blank})`

const instead = (ahead: string, operator: string): Hint => [
  new RegExp(ahead, 'iy'),
  'selector-operator',
  'Expected an operator after the label `$label`, found `$word`.',
  `Did you mean \`${operator}\`?`,
]

/** After a label, where an operator should stand. */
export const afterLabel: Hints = [
  [
    'selector-operator',
    'Expected an operator after the label `$label`, found `$word`.',
    'The operators are ==, !=, in, not in, contains, starts with, ends with.',
  ],
  [
    /(?<=[\w./-]{512})[\w./-]/y,
    'selector-label',
    'A label has at most 512 characters, and this one is longer.',
    'Shorten the label. Kubernetes takes 317: a prefix of 253, a slash, a name of 63.',
  ],
  [
    new RegExp(`${after('has|all|global', '[ \\t]+')}\\(`, 'y'),
    'selector-condition',
    'There must be no space before this parenthesis.',
    'Write $label( without the space.',
  ],
  [
    new RegExp(`${after('has')}\\(`, 'y'),
    'selector-label',
    '`has` takes one label, without quotes.',
    'Write has(role).',
  ],
  [
    new RegExp(`${after('all|global')}\\(`, 'y'),
    'selector-condition',
    '`$label` takes no argument.',
    'Write $label().',
  ],
  [
    new RegExp(`${after('has|all|global', '[ \\t]*')}\\(`, 'iy'),
    'selector-condition',
    '`$label` must be in lower case.',
    'Write has(role), all() or global().',
  ],
  [
    new RegExp(`${after('not', '[ \\t]*')}[\\w./(-]`, 'iy'),
    'selector-operator',
    'Negation is written `!`.',
    'Write !has(role), or !(…).',
  ],
  [
    /\(/y,
    'selector-condition',
    'Calico has no function `$label`.',
    'Its functions are has(role), all() and global().',
  ],
  [
    new RegExp(`${after('all|global', '[ \\t]*')}${ended}`, 'iy'),
    'selector-condition',
    '`$label` needs its parentheses.',
    'Write all() or global().',
  ],
  [
    new RegExp(`${ended}|exists`, 'iy'),
    'selector-operator',
    'Expected an operator after the label `$label`.',
    'Did you mean has($label)?',
  ],
  instead('=|:|is\\b|eq\\b|equals', '=='),
  instead('![ \\t]*in\\b|not', 'not in'),
  instead('!|<>|ne\\b', '!='),
  instead('in\\b|\\{', 'in'),
  instead('contains|like|match|includes', 'contains'),
  instead('starts', 'starts with'),
  instead('ends', 'ends with'),
  instead('&|,|;|and\\b', '&&'),
  instead('\\||or\\b', '||'),
  [
    /(?<=[\w./-](?:contains|startswith|endswith)[ \t]*)["']|(?<=[\w./-](?:starts|ends)[ \t]+)with/y,
    'selector-operator',
    'The operator is read as part of the label `$label`.',
    'Put a space between the label and the operator.',
  ],
  [
    /["']/y,
    'selector-operator',
    'An operator is missing between the label `$label` and its value.',
    'Did you mean `==`?',
  ],
  ...characters,
]
