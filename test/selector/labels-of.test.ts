import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { labelsOf } from '../../src/selector/labels-of.js'
import { parseSelector } from '../../src/selector/parse.js'

const labels = suite('labelsOf')

const of = (text: string): ReadonlyArray<string> => labelsOf(orThrow(parseSelector(text)))

labels('names each key once, in the order of the text', () => {
  assert.equal(of("b == 'x' && !(a in {'y'} || has(c)) && b != 'z' && d contains 'q'"), ['b', 'a', 'c', 'd'])
})

labels('finds none in all() and global()', () => {
  assert.equal(of('!all() || global()'), [])
})

labels.run()
