import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { egress, ingress } from '../../src/build/rule.js'
import type { Resource } from '../../src/model/resource.js'
import { toYaml } from '../../src/yaml/print/print.js'
import { egressMatch, ingressAllowMatch, ingressMatch } from './generate/match.js'
import { oracleTests } from './oracle.js'
import { seed } from './size.js'

const count = 3_000

const ingressRules = fc.array(
  fc.oneof(
    ingressAllowMatch.map(ingress.allow),
    ingressMatch.map(ingress.deny),
    ingressMatch.map(ingress.log),
    ingressMatch.map(ingress.pass),
  ),
  { maxLength: 3 },
)
const egressRules = fc.array(
  fc.oneof(
    egressMatch.map(egress.allow),
    egressMatch.map(egress.deny),
    egressMatch.map(egress.log),
    egressMatch.map(egress.pass),
  ),
  { maxLength: 3 },
)

const policies: fc.Arbitrary<Resource> = fc
  .tuple(ingressRules, egressRules, fc.integer({ min: -5, max: 2000 }))
  .chain(([incoming, outgoing, order]) => {
    const global = globalNetworkPolicy('api')
      .order(order)
      .ingress(...incoming)
    const forwarded = global.selector('has(host)').applyOnForward()
    return fc.constantFrom<Resource>(
      networkPolicy('api', 'shop')
        .order(order)
        .ingress(...incoming)
        .egress(...outgoing),
      networkPolicy('api', 'shop')
        .selector("role == 'api'")
        .types('Egress')
        .egress(...outgoing),
      global.namespaceSelector("team == 'shop'").egress(...outgoing),
      forwarded.doNotTrack().egress(...outgoing),
      forwarded.preDNAT(),
    )
  })

/** Calico 3.28 writes an empty end where a rule has none. */
const withoutEmptyEnds = (manifest: unknown): unknown =>
  JSON.parse(JSON.stringify(manifest), (_key, value) => {
    if (typeof value !== 'object' || value === null || !('action' in value)) return value
    const ends = ['source', 'destination'] as const
    for (const end of ends) if (JSON.stringify(value[end]) === '{}') delete value[end]
    return value
  })

const conformance = suite('what the builder makes')
const asked = await oracleTests(conformance)

asked('is what Calico takes and keeps, to the last field', async (oracle) => {
  const built = fc.sample(policies, { numRuns: count, seed })
  const answers = await oracle.ask(built.map((policy) => ({ op: 'validate' as const, doc: toYaml(policy) })))
  answers.forEach((answer, index) => {
    if (!answer.ok) throw new Error(`${answer.error}\n${toYaml(built[index] as Resource)}`)
    assert.equal(answer.canonical.map(withoutEmptyEnds), [withoutEmptyEnds(built[index])])
  })
})

conformance.run()
