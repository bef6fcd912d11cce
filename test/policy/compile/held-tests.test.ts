import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endHolds } from '../../../src/policy/compile/end-holds.js'
import { heldTests, testIndex } from '../../../src/policy/compile/held-tests.js'
import { worldOf } from '../../../src/policy/evaluate/policy-world.js'
import type { Endpoint } from '../../../src/policy/world/flow.js'
import { somePod, someResources } from '../random-flows.js'

const laws = suite('held tests')

const address: fc.Arbitrary<Endpoint> = fc
  .constantFrom('10.0.0.2', '192.0.2.7', '2001:db8::9', '203.0.113.1', 'no address')
  .map((ip) => ({ _tag: 'Address', ip }))

laws('are those that hold, or may, when all are tried', () => {
  const found = { held: 0, perhaps: 0 }
  fc.assert(
    fc.property(someResources, fc.oneof(somePod, address), (resources, endpoint) => {
      const { peers, tests } = worldOf(resources)
      const services = { isKnown: () => false }
      const { peer } = peers.resolve(endpoint).at[0]
      const tried = tests.endTests.flatMap((test) => {
        const holds = endHolds(test, peer, services)
        return holds === 0 ? [] : [[test.id, holds] as const]
      })
      const held = heldTests(testIndex(tests.endTests, services), peer)
      assert.equal(
        [...held].sort(([a], [b]) => a - b),
        tried,
      )
      found.held += tried.length
      found.perhaps += tried.filter(([, holds]) => holds === 1).length
    }),
    { numRuns: 500 },
  )
  assert.ok(found.held > 100 && found.perhaps > 10, JSON.stringify(found))
})

laws.run()
