import fc from 'fast-check'
import type { Resource } from '../../src/model/resource.js'

/** Words that some YAML reader takes for something other than this text. */
export const traps = [
  ...[
    'y',
    'Y',
    'n',
    'N',
    'yes',
    'No',
    'NO',
    'on',
    'Off',
    'OFF',
    'true',
    'False',
    'TRUE',
    'null',
    'Null',
    '~',
    '',
  ],
  ...[
    '0',
    '-1',
    '+2',
    '0123',
    '0o17',
    '0x1F',
    '0b101',
    '1_000',
    '1:30',
    '22:22',
    '190:20:30.15',
    '1e3',
    '1E+21',
  ],
  ...[
    '.5',
    '5.',
    '-.5',
    '.inf',
    '-.INF',
    '+.inf',
    '.nan',
    '.NaN',
    '1.0',
    '0.',
    '-',
    '--',
    '- a',
    '-a',
    '?',
    '? a',
  ],
  ...[
    '2026-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43',
    '=',
    '<<',
    '*a',
    '&a',
    '!a',
    '!!str a',
  ],
  ...[
    '---',
    '--- a',
    '...',
    '\n---\n',
    '\n--- # x\n',
    '%YAML 1.1',
    '# a',
    'a # b',
    'a #b',
    'a#b',
    'a:',
    'a: b',
    'a:b',
  ],
  ...[
    ': a',
    ':a',
    ',a',
    '[a',
    'a]',
    '{a',
    'a}',
    '{}',
    '[]',
    '|',
    '>',
    '|-',
    '@a',
    '`a',
    '"',
    "'",
    '"a"',
    "'a'",
    '\\',
    '\\n',
  ],
  ...[
    ' a',
    'a ',
    '  ',
    '\t',
    '\ta',
    'a\t',
    'a\tb',
    '\n',
    'a\n',
    '\na',
    'a\n\nb',
    'a\r\nb',
    '\r',
    'a\u0085b',
    '\u2028',
  ],
  ...[
    '\u2029',
    '\ufeff',
    '\ufeffa',
    '\0',
    '\x07',
    '\x1b',
    '\x7f',
    '\x80',
    '\x9f',
    '\xa0',
    '\xad',
    '\u200b',
    '\ufffe',
  ],
  ...[
    '\uffff',
    '\ufffd',
    '\ud800',
    '\udc00',
    'a\ud83d',
    '\ud83d\ude00',
    '\u{10ffff}',
    '\u{1fffe}',
    '中',
    'é',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '10.0.0.0',
    '10.0.0.0/8',
    '::/0',
    '2001:db8::/32',
    '1/2',
    '1:2/3',
  ],
  ...[
    "role == 'web'",
    '!has(a) && b == "c"',
    `a == "'" || b == '"'`,
    'a in {"x", "y"}',
    'k'.repeat(1500),
    '"'.repeat(1500),
  ],
]

/** Any string, often one that is hard to print. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...traps),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...' \t\n\r:#-?!&*[]{},|>@`"\'%~\\0123456789.eExobyn_+=<\u0085\u2028\ufeff\0a'),
  }),
  fc.tuple(fc.constantFrom(...traps), fc.constantFrom(...traps)).map(([a, b]) => a + b),
)

/** Two broken keys may become one when they are printed. */
const hostileKey = hostileString.map((key) => key.replace(/\p{Surrogate}/gu, '\ufffd'))

const stringMap = fc.dictionary(hostileKey, hostileString, { maxKeys: 4 })

const entityRule = fc.record(
  {
    nets: fc.array(hostileString, { maxLength: 2 }),
    selector: hostileString,
    ports: fc.array(fc.oneof(hostileString, fc.integer()), { maxLength: 3 }),
    serviceAccounts: fc.record({ names: fc.array(hostileString, { maxLength: 2 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
)

const rule = fc.record(
  {
    action: fc.constantFrom('Allow' as const, 'Deny' as const),
    metadata: fc.record({ annotations: stringMap }),
    source: entityRule,
    destination: entityRule,
  },
  { requiredKeys: ['action'] },
)

/** A policy whose every string is hostile: right in its types, wrong in nearly all else. */
export const hostilePolicy: fc.Arbitrary<Resource> = fc.record({
  apiVersion: fc.constant('projectcalico.org/v3' as const),
  kind: fc.constant('NetworkPolicy' as const),
  metadata: fc.record(
    { name: hostileString, namespace: hostileString, labels: stringMap, annotations: stringMap },
    { requiredKeys: ['name'] },
  ),
  spec: fc.record(
    {
      order: fc.double({ noNaN: true, noDefaultInfinity: true }),
      selector: hostileString,
      types: fc.constantFrom([], ['Ingress' as const], ['Ingress' as const, 'Egress' as const]),
      ingress: fc.array(rule, { maxLength: 2 }),
      egress: fc.array(rule, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
})

/** What a text can hold of a value: no lone surrogates, no `-0`. */
export const asText = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd')
  if (typeof value === 'number') return value + 0
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [asText(key), asText(item)]))
}
