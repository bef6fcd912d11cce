import { execFileSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileGuard } from '../../../src/model/codec/guard.js'
import { NetworkPolicy } from '../../../src/model/policy/network-policy.js'

const guard = suite('compiled guard')

guard('is made of what the schema says, and takes nothing of the value into its code', () => {
  const check = compileGuard({
    kind: 'object',
    name: 'Odd',
    fields: {
      '"];throw 1;//': { schema: { kind: 'literal', values: ["');throw 1;//", 7] }, presence: 'required' },
      __proto: { schema: { kind: 'boolean' }, presence: 'optional' },
    },
  })
  assert.is(check?.({ '"];throw 1;//': 7 }), true)
  assert.is(check?.({ '"];throw 1;//': "');throw 1;//", __proto: false }), true)
  assert.is(check?.({ '"];throw 1;//': 8 }), false)
  assert.is(check?.({}), false)
})

guard('refuses what an object inherits', () => {
  const check = compileGuard(NetworkPolicy.schema)
  const value = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
    spec: {},
  }
  assert.is(check?.(value), true)
  assert.is(check?.({ ...value, spec: Object.create({ order: 1 }) }), false)
})

guard('is not needed where code cannot be made from text', () => {
  const script = `
    import { compileGuard } from './src/model/codec/guard.ts'
    import { NetworkPolicy } from './src/model/policy/network-policy.ts'
    import { decode } from './src/model/resource.ts'
    const value = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a' }, spec: {} }
    const verdicts = [value, { ...value, spec: { bogus: 1 } }].map((it) => decode(it)._tag)
    console.log(JSON.stringify([typeof compileGuard(NetworkPolicy.schema), ...verdicts, NetworkPolicy.is(value)]))`
  const flags = [
    '--disallow-code-generation-from-strings',
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    script,
  ]
  const out = execFileSync(process.execPath, flags, { encoding: 'utf8' })
  assert.equal(JSON.parse(out), ['undefined', 'Right', 'Left', true])
})

guard.run()
