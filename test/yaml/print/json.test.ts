import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { NetworkPolicy } from '../../../src/model/policy/network-policy.js'
import { toJson } from '../../../src/yaml/print/json.js'
import { asText, hostilePolicy } from '../hostile.js'

const json = suite('toJson')

const policy: NetworkPolicy = {
  spec: { order: 1 },
  metadata: { name: 'a\u2028\x7f' },
  kind: 'NetworkPolicy',
  apiVersion: 'projectcalico.org/v3',
}

json('prints one resource as an object, fields in order', () => {
  assert.is(
    JSON.stringify(JSON.parse(toJson(policy))),
    '{"apiVersion":"projectcalico.org/v3","kind":"NetworkPolicy","metadata":{"name":"a\u2028\x7f"},"spec":{"order":1}}',
  )
})

json('prints several as a list', () => {
  assert.equal(JSON.parse(toJson(policy, policy)), [policy, policy])
  assert.equal(JSON.parse(toJson()), [])
})

json('escapes what a YAML reader would fold or refuse', () => {
  assert.ok(toJson(policy).includes('"name": "a\\u2028\\u007f"'))
})

json('holds the same data', () => {
  fc.assert(fc.property(hostilePolicy, (policy) => assert.equal(JSON.parse(toJson(policy)), asText(policy))))
})

json.run()
