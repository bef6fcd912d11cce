import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/check/engine/constraint.js'
import { goRegexp } from '../../../src/check/value/go-regexp.js'
import { newest } from '../../../src/model/calico-version.js'
import { context } from '../context.js'

const regexp = suite('goRegexp')

const find = compile(goRegexp, newest)
const compiles = (text: string): boolean => find?.(text, context).length === 0

const good = [
  ...[
    '',
    'a',
    'a|b',
    '|',
    '()',
    'a*',
    'a+?',
    'a??',
    'a{2}',
    'a{2,}',
    'a{2,3}?',
    'a{1000}',
    'a{',
    'a{,2}',
    'a{x}',
    'a{01}',
  ],
  ...['^$', '^*', '(?:a)', '(?i)a', '(?i:a)', '(?i-s:a)', '(?P<n>a)', '(?<n>a)(?P<m>b)', 'a(?i)*', '(?)a'],
  ...[
    '[a]',
    '[^a]',
    '[]a]',
    '[^]a]',
    '[a-z]',
    '[a-]',
    '[-a]',
    '[a\\-z]',
    '[[:alpha:]]',
    '[[:^digit:]x]',
    '[[]',
    '[\\d\\pL]',
  ],
  ...[
    '\\d\\D\\s\\S\\w\\W',
    '\\a\\f\\n\\r\\t\\v',
    '\\A\\b\\B\\z',
    '\\x41',
    '\\x{10FFFF}',
    '\\012',
    '\\17',
    '\\.\\*\\/\\_',
  ],
  ...[
    '\\pL',
    '\\p{Greek}',
    '\\P{^Lu}',
    '\\p{Any}',
    '\\Qa(b\\E',
    '\\Q(',
    'é',
    '[à-é]',
    '.',
    '^(en.*|eth.*|wl[opsx].*)$',
  ],
]

const bad = [
  ...[
    '*',
    '+a',
    '?',
    '(*)',
    'a|*',
    'a**',
    'a+*',
    'a*{2}',
    'a{2}{3}',
    'a{1001}',
    'a{2,1}',
    'a{2,1001}',
    '{2}',
  ],
  ...[
    '(',
    ')',
    '(a',
    'a)',
    '((a)',
    '(?=a)',
    '(?!a)',
    '(?<=a)',
    '(?<!a)',
    '(?P<a',
    '(?P<>a)',
    '(?P<a-b>c)',
    '(?x)a',
    '(?i-)a',
  ],
  ...[
    '(?P<n>a)(?P<n>b)',
    '[',
    '[]',
    '[^]',
    '[a',
    '[z-a]',
    '[[:foo:]]',
    '[a-\\d]',
    '\\',
    'a\\',
    '\\1',
    '\\8',
    '\\y',
    '\\Z',
    '\\C',
  ],
  ...['\\x', '\\x4', '\\x{}', '\\x{110000}', '\\p', '\\p{Foo}', '\\pX', '\\é', '[\\b]', '[\\z]'],
]

regexp('takes what Go compiles', () => {
  for (const text of good) assert.ok(compiles(text), text)
})

regexp('refuses what Go does not', () => {
  for (const text of bad) assert.not.ok(compiles(text), text)
})

regexp('takes linear time and no stack', () => {
  const size = 50_000
  for (const text of ['(', '[', '[[:', 'a*', '\\', '{', '(?P<a>', '\\Q']) compiles(text.repeat(size))
})

regexp.run()
