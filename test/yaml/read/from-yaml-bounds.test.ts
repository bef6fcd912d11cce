import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { policy, refused } from '../manifest.js'

const bounds = suite('fromYaml on hostile texts')

const mega = 1_000_000

const letters = [...'abcdefghijklmnopqrst']

/** Each level repeats the one before nine times. */
const bomb = letters
  .map(
    (name, i) =>
      `${name}: &${name} [${Array(9)
        .fill(i === 0 ? 'x' : `*${letters[i - 1]}`)
        .join(', ')}]`,
  )
  .join('\n')

const spread = `a: &a [${Array(200).fill('x').join(', ')}]\nb: [${Array(3000).fill('*a').join(', ')}]`

const texts: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(mega),
  'brackets that are closed': '['.repeat(mega) + ']'.repeat(mega),
  'maps in maps': '{a: '.repeat(mega / 2),
  'dashes in a line': '- '.repeat(mega),
  'question marks in a line': '? '.repeat(mega),
  'keys in a line': 'a: '.repeat(mega),
  commas: `[${','.repeat(mega)}`,
  'closing brackets': ']'.repeat(mega / 10),
  anchors: '&a '.repeat(mega / 10),
  tags: '!a '.repeat(mega / 10),
  'lines that go deeper': Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'an open quote': `a: "${'b\n'.repeat(mega)}`,
  quotes: `'${"a''".repeat(mega / 4)}`,
  backslashes: `"${'\\'.repeat(mega)}`,
  colons: ':'.repeat(mega),
  'an alias bomb': bomb,
  'an alias bomb in the text of a policy': policy('a').replace('spec: {}', bomb),
  'aliases of a long list': spread,
  'an alias of itself': 'a: &a [*a]',
  'spaces and a comment': `${' '.repeat(mega)}#`,
  'equal keys': 'a: 1\n'.repeat(mega / 50),
  NUL: '\0'.repeat(mega),
  'carriage returns': '\r'.repeat(mega),
  directives: '%YAML 1.1\n'.repeat(mega / 10),
  documents: '---\n'.repeat(mega / 100),
  'a key as long as a file': `${'k'.repeat(mega)}: 1`,
  'a number as long as a file': `a: ${'9'.repeat(mega)}`,
  'an unknown key of every kind': policy('a').replace('spec: {}', `spec:\n${'  b: {c: [d]}\n'.repeat(1000)}`),
}

for (const [what, text] of Object.entries(texts)) {
  bounds(`refuses ${what} in seconds`, () => {
    const start = process.cpuUsage()
    const rules = refused(text)
    assert.ok(rules.length > 0 && rules.length <= 1000)
    const { user, system } = process.cpuUsage(start)
    assert.ok(user + system < 5_000_000, `${(user + system) / 1000} ms`)
  })
}

bounds('tells what a bomb is', () => assert.ok(refused(bomb).includes('alias')))

bounds('gives __proto__ and constructor no meaning', () => {
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(
      refused(policy('a').replace('spec: {}', `spec:\n  ${key}: {order: 1}`)),
      ['unknown-key'],
      key,
    )
    assert.equal(refused(JSON.stringify([{ kind: key }])), ['unknown-kind'], key)
  }
  assert.equal(refused(policy('a').replace('name: a', 'name: a\n  labels: {__proto__: b}')), ['unknown-key'])
  assert.is(Object.hasOwn(Object.prototype, 'order'), false)
})

bounds.run()
