import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolve } from '../../../src/yaml/read/resolve.js'

const resolution = suite('resolve')

const facts: Readonly<Record<string, ReadonlyArray<readonly [text: string, value: unknown]>>> = {
  "takes YAML 1.1's words for booleans": [
    ...['y', 'Y', 'yes', 'YES', 'on', 'On', 'true', 'TRUE'].map((text) => [text, true] as const),
    ...['n', 'N', 'no', 'No', 'off', 'OFF', 'false', 'False'].map((text) => [text, false] as const),
  ],
  'takes nothing, a tilde and null for null': ['', '~', 'null', 'NULL'].map((text) => [text, null] as const),
  'leaves words in a mixed case as they are': ['yEs', 'tRUE', 'nULL', 'oN'].map(
    (text) => [text, text] as const,
  ),
  'reads a leading zero as octal, where it can': [
    ['0120', 80],
    ['-017', -15],
    ['0o17', 15],
    ['0128', 128],
    ['08', 8],
    ['09.5', 9.5],
  ],
  'reads hexadecimal and binary numbers': [
    ['0x1F', 31],
    ['+0X1f', 31],
    ['0b101', 5],
    ['-0b1', -1],
    ['0b-1', -1],
  ],
  'skips underscores in numbers': [
    ['1_000', 1000],
    ['1__0_', 10],
    ['0x_1', 1],
    ['1_0.5', 10.5],
    ['_1', '_1'],
    ['.5_0', '.5_0'],
  ],
  'reads floats': [
    ['1e3', 1000],
    ['5.', 5],
    ['.5', 0.5],
    ['+.5e1', 5],
    ['1e+308', 1e308],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
  ],
  'takes what is too large for a float for text': [['1e400', '1e400']],
  'knows no base-60 numbers and takes dates for text': [
    '1:30',
    '190:20:30',
    '2026-01-01',
    '2026-01-01t00:00:00Z',
  ].map((text) => [text, text] as const),
  'keeps integers that no number holds': [
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775808', 2 ** 63],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', 2 ** 64],
  ],
  'takes everything else for text': [
    '',
    'a',
    '-',
    '--1',
    '1-1',
    '0x',
    '0b',
    '1.2.3',
    '=',
    '<<',
    '10.0.0.0/8',
    'e1',
  ]
    .slice(1)
    .map((text) => [text, text] as const),
}

for (const [fact, cases] of Object.entries(facts)) {
  resolution(fact, () => {
    for (const [text, value] of cases) assert.is(resolve(text), value, text)
  })
}

resolution('reads .nan', () => assert.ok(Number.isNaN(resolve('.NaN'))))

resolution.run()
