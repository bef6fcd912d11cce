import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { remembered } from '../../../../src/cluster/memory/kinds/remembered.js'

const remembering = suite('a codec that remembers')

/** A codec of numbers that counts what it is asked. */
const counting = () => {
  const seen: Array<unknown> = []
  const number = new t.Type<number>(
    'counted',
    t.number.is,
    (value, context) => {
      seen.push(value)
      return t.number.validate(value, context)
    },
    t.identity,
  )
  return { seen, codec: remembered(t.type({ port: number })) }
}

remembering('looks at an object once, and at another of the same content again', () => {
  const { seen, codec } = counting()
  const object = { port: 80 }
  const [first, second] = [codec.decode(object), codec.decode(object)]
  assert.equal(first, second)
  assert.equal(seen, [80])
  codec.decode({ port: 80 })
  assert.equal(seen, [80, 80])
})

remembering('refuses what is wrong each time, with its place', () => {
  const { codec } = counting()
  const wrong = { port: 'http' }
  for (const decoded of [codec.decode(wrong), codec.decode(wrong), codec.decode(null)])
    assert.ok(E.isLeft(decoded))
  const again = codec.decode(wrong)
  assert.equal(E.isLeft(again) && again.left[0]?.context.map(({ key }) => key), ['', 'port'])
})

remembering.run()
