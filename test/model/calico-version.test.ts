import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newest, parseVersion, printVersion, release, type Version } from '../../src/model/calico-version.js'

const version = suite('parseVersion')

const read = (text: string): Version => {
  const parsed = parseVersion(text)
  if (E.isLeft(parsed)) throw new Error(`${text} is refused: ${parsed.left.issues[0].message}`)
  return parsed.right
}

const rule = (text: string): string | undefined => {
  const parsed = parseVersion(text)
  return E.isLeft(parsed) ? parsed.left.issues[0].rule : undefined
}

version('reads a release, with or without v and what follows a hyphen', () => {
  for (const text of ['3.28.5', 'v3.28.5', 'v3.28.5-12-g0db5', '3.28.5+build.1', 'v3.28.5-0.dev']) {
    assert.is(read(text), release('3.28.5'), text)
  }
})

version('takes a minor for its newest patch', () => {
  assert.ok(read('3.28') > read('3.28.5'))
  assert.ok(read('v3.28') < read('3.29.0'))
  assert.is(printVersion(read('v3.28')), '3.28')
  assert.is(printVersion(read('v3.28.0')), '3.28.0')
})

version('takes what is newer than all that is known for the newest', () => {
  for (const text of ['3.33', '3.34.1', 'v3.99', '4.0', 'v10.1.2']) assert.is(read(text), newest, text)
})

version('refuses Calico before 3.20', () => {
  for (const text of ['3.19', 'v3.9.5', '2.6', '0.1']) assert.is(rule(text), 'old-calico', text)
})

version('refuses what is no version', () => {
  for (const text of [
    '',
    '3',
    'v3',
    'latest',
    '3.x',
    '3.28.',
    ' 3.28',
    '3.28 ',
    'release-v3.28',
    '3.28.5 beta',
    '3..28',
  ]) {
    assert.is(rule(text), 'calico-version', JSON.stringify(text))
  }
})

version('grows with the release', () => {
  const part = fc.integer({ min: 0, max: 900 })
  const minor = fc.integer({ min: 20, max: 33 })
  fc.assert(
    fc.property(minor, part, minor, part, (a, b, c, d) => {
      const order = Math.sign(a - c) || Math.sign(b - d)
      assert.is(Math.sign(read(`3.${a}.${b}`) - read(`3.${c}.${d}`)), order)
    }),
  )
})

version('never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseVersion(text)))
})

version('refuses what is no text', () => {
  const parsed = parseVersion(5 as unknown as string)
  assert.is(parsed._tag === 'Left' && parsed.left.issues[0].rule, 'calico-version')
})

version.run()
