import fc from 'fast-check'
import { split } from './pool.js'

const words = fc.constantFrom(
  ...split(
    'yes|No|ON|off|y|N|true|False|null|~|NULL||=|<<|!|!!str|&a|*a|%a|@|`|-|- a|?|? a|: |a: b|a:|:a|#a|a #b|[|]|{|}|,',
  ),
  ...split(
    '0|-0|+1|010|0o17|0x1F|0b11|1e3|1E400|1_000|.5|5.|.inf|-.INF|.nan|12:30:45|190:20:30|2001-01-01|1.10',
  ),
  ...split(
    `2001-12-14t21:59:43.10-05:00|'|"|''|""|a'b"c|\\|\\n|---|--- a|...|%YAML 1.1|>|>-|\t|a\t|\ta| | a|a |\u00a0a`,
  ),
  ...[
    'a|b',
    '|',
    '|+',
    '\n',
    'a\n',
    '\na',
    'a\nb',
    'a\n\nb\n\n',
    ' a\nb',
    'a\n b',
    'a\r\nb',
    '\r',
    'a\n---\nb',
    '\n---',
    'a\n...\n',
  ],
  ...[
    '\u0085',
    'a\u2028b',
    '\u2029',
    '\ufeff',
    'a\ufeff',
    '\u007f',
    '\u0080',
    '\u009f',
    '\0',
    '\u0007',
    '\u001b[0m',
    '\ufffe',
    '\uffff',
  ],
  ...[
    'é',
    '\u{1f600}',
    '\u{10ffff}',
    'e\u0301',
    '\u202eabc',
    'x'.repeat(200),
    `${'word '.repeat(50)}`,
    'a\n'.repeat(40),
    '#\n- a: b\n',
  ],
)

/** Texts that a YAML printer must quote, fold or escape with care. No half of a surrogate pair: Go has none. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: words },
  { weight: 1, arbitrary: fc.tuple(words, words).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.tuple(words, words, words).map((parts) => parts.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
)
