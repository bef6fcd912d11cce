import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { placeOf } from '../../../src/cli/input/place.js'

const places = suite('placeOf')

const withStack = (...lines: ReadonlyArray<string>): Error =>
  Object.assign(new Error('oh'), { stack: ['Error: oh', ...lines].join('\n') })

places('names the first file of the user', () => {
  const stack = [
    '    at a (/x/node_modules/b/c.js:1:1)',
    `    at d (file://${process.cwd()}/policies.ts:3:7)`,
  ]
  assert.is(placeOf(withStack(...stack)), 'policies.ts:3:7')
})

places('passes over URLs that name no file here', () => {
  const strange = ['    at a (file:///x%2Fy.ts:1:2)', '    at b (file:///%zz.ts:3:4)']
  assert.is(placeOf(withStack(...strange)), undefined)
  assert.is(placeOf(withStack(...strange, `    at c (${process.cwd()}/d.ts:5:6)`)), 'd.ts:5:6')
})

places.run()
