import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../src/error.js'
import { all } from '../../src/selector/combination.js'
import { selectorId } from '../../src/selector/id.js'
import { parseSelector } from '../../src/selector/parse.js'
import { printSelector } from '../../src/selector/print.js'
import { someSelector } from './trees.js'

const id = suite('selectorId')

const idOf = (text: string): string => selectorId(orThrow(parseSelector(text)))

id('is what Calico 3.28 says', () => {
  assert.is(selectorId(all()), 's:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug')
  assert.is(idOf("k8s-app=='bab'"), 's:ytCfEqudcGQF9Quex8BTxL0993mklZs2P1mkWQ')
  assert.is(idOf('has( c )'), 's:4Scw9cMRCmrdoBGXyM2c4gLDvvrv2N3AaaI0ow')
  assert.is(idOf("app != '&&'"), 's:8PLj9FwoxbWq5noadMm1i7N770fWvdNZtCltAg')
})

id('is the same for selectors with the same canonical form', () => {
  assert.is(idOf(''), idOf('all( )'))
  assert.is(idOf("a in {'b', 'a'}"), idOf('a in {"a","b","a"}'))
})

id('is the SHA-224 of the canonical form, as the hash of Node makes it', () => {
  fc.assert(
    fc.property(someSelector, (selector) => {
      const hash = createHash('sha224').update(`s:${printSelector(selector)}`)
      return selectorId(selector) === `s:${hash.digest('base64url')}`
    }),
  )
})

id.run()
