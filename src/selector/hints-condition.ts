import type { Hint, Hints } from './fault.js'
import { characters } from './hints-character.js'

/** Where a condition should begin. */
export const atStart: Hints = [
  [
    'selector-condition',
    'A condition should begin here, but here is `$word`.',
    'A condition is role == "web", has(role) or the like. Labels have only letters, digits and _ . / -',
  ],
  [
    /$/y,
    'selector-condition',
    'A condition should follow, and the selector ends.',
    'Add a condition, such as has(role), or remove what asks for one.',
  ],
  [
    /\)/y,
    'selector-condition',
    'A condition should stand before this parenthesis.',
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
    'This label is none that Calico can read.',
    'Labels have only letters, digits and _ . / - and no more than 512 of them.',
  ],
  [/\*/y, 'selector-condition', '`*` is no condition.', 'To match everything, write all().'],
  ...characters,
]

const ended = '(?:$|\\)|&&|\\|\\|)'

/** The label before is one of these words. */
const after = (words: string, blank = ''): string => `(?<=(?<![\\w./-])(?:${words})${blank})`

const instead = (ahead: string, operator: string): Hint => [
  new RegExp(ahead, 'iy'),
  'selector-operator',
  'An operator should follow the label `$label`, but here is `$word`.',
  `Did you mean \`${operator}\`?`,
]

/** After a label, where an operator should stand. */
export const afterLabel: Hints = [
  [
    'selector-operator',
    'An operator should follow the label `$label`, but here is `$word`.',
    'The operators are ==, !=, in, not in, contains, starts with, ends with.',
  ],
  [
    /(?<=[\w./-]{512})[\w./-]/y,
    'selector-label',
    'A label has 512 characters at most, and here is one more.',
    'Shorten the label. Kubernetes takes 317: a prefix of 253, a slash, a name of 63.',
  ],
  [
    new RegExp(`${after('has|all|global', '[ \\t]+')}\\(`, 'y'),
    'selector-condition',
    'No space may stand before this parenthesis.',
    'Write $label( in one piece.',
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
    '`$label` takes nothing.',
    'Write $label().',
  ],
  [
    new RegExp(`${after('has|all|global', '[ \\t]*')}\\(`, 'iy'),
    'selector-condition',
    '`$label` must be in small letters.',
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
    '`$label(` means nothing to Calico.',
    'There are has(role), all(), global().',
  ],
  [
    new RegExp(`${after('all|global', '[ \\t]*')}${ended}`, 'iy'),
    'selector-condition',
    '`$label` lacks its parentheses.',
    'Write all() or global().',
  ],
  [
    new RegExp(`${ended}|exists`, 'iy'),
    'selector-operator',
    'An operator should follow the label `$label`.',
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
    'An operator should stand between the label `$label` and its value.',
    'Did you mean `==`?',
  ],
  ...characters,
]
