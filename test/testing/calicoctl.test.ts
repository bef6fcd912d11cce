import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasGo } from '../conformance/build-oracle.js'
import { ensure } from '../lab/cached.js'
import { placeOf } from '../lab/place.js'
import { calicoNode, otherCalicoctl } from '../lab/products.js'
import { playProgram, playReal } from './calicoctl-world.js'
import { scenarios } from './scenarios/all.js'

const program = suite('the calicoctl of the in-memory cluster, beside the real one')

const binaries = async (): Promise<Readonly<Record<string, string>>> => {
  const place = placeOf()
  return {
    '3.28.5': join(await ensure(place, await calicoNode()), 'calicoctl'),
    '3.28.4': join(await ensure(place, await otherCalicoctl()), 'calicoctl'),
  }
}

const real = (await hasGo()) ? await binaries() : undefined
if (real === undefined && process.env.CI === 'true') throw new Error('there is no Go to build calicoctl with')
if (real === undefined) console.log('skipped for want of Go, to build calicoctl with')
const declare = real === undefined ? program.skip : program

for (const { name, options = {}, steps } of scenarios) {
  declare(name, async () => {
    const expected = await playReal(real ?? {}, options, steps)
    const played = await playProgram(options, steps)
    for (const [index, { args }] of steps.entries()) {
      assert.equal(played.said[index], expected.said[index], `step ${index}: ${args.join(' ')}`)
    }
    for (const [index, object] of expected.stored.entries()) assert.equal(played.stored[index], object)
    assert.is(played.stored.length, expected.stored.length)
  })
}

program.run()
