import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkRules } from '../../src/check/check.js'
import { cases } from '../check/cases/all.js'
import { oracleTests } from './oracle.js'

/** What calicoctl refuses only after it has written: what it is asked here is what it says before. */
const afterwards = 'reserved-annotation'

/** What calicoctl lets through: the API server refuses it, or Calico takes it and cannot make it work. */
const notBefore: ReadonlySet<string> = new Set([
  afterwards,
  ...checkRules.filter(({ by }) => by !== undefined).map(({ name }) => name),
])

const conformance = suite("the facts of check are Calico's")
const asked = await oracleTests(conformance)

const ofOurs = cases.filter(({ calico = '3.28' }) => calico === '3.28')

asked(`it refuses the ${ofOurs.length} resources that check refuses for 3.28`, async (oracle) => {
  const answers = await oracle.ask(
    ofOurs.map(({ refuses }) => ({ op: 'validate' as const, doc: JSON.stringify(refuses) })),
  )
  ofOurs.forEach(({ rule, fact }, i) => {
    const refused = answers[i]?.ok === false || notBefore.has(rule)
    assert.ok(refused, `Calico takes ${fact} (${rule})`)
  })
})

asked('it takes their neighbours', async (oracle) => {
  const taken = cases.filter(({ calico = '3.28', takesIn = calico }) => takesIn === '3.28')
  const answers = await oracle.ask(
    taken.map(({ takes }) => ({ op: 'validate' as const, doc: JSON.stringify(takes) })),
  )
  taken.forEach(({ rule, fact }, i) => {
    const answer = answers[i]
    assert.ok(answer?.ok, `Calico refuses the neighbour of ${fact} (${rule}): ${JSON.stringify(answer)}`)
  })
})

conformance.run()
