import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy } from '../../../src/build/network-policy.js'
import type { Resource } from '../../../src/model/resource.js'
import { worldOf } from '../../../src/policy/evaluate/policy-world.js'
import { verdict, verdictIn } from '../../../src/policy/evaluate/verdict.js'
import { someFlow, someResources } from '../random-flows.js'

const repeated = suite('the short verdict')

/** Often enough for a list to be compiled as a whole, even one that kept changing. */
const often = Array.from({ length: 100 })

repeated('answers as a whole world does, the first time and after many', () => {
  fc.assert(
    fc.property(someResources, fc.array(someFlow, { minLength: 20, maxLength: 20 }), (resources, flows) => {
      const whole = worldOf(resources)
      for (const flow of flows) assert.equal(verdict(resources, flow), verdictIn(whole, flow))
    }),
    { numRuns: 60 },
  )
})

/** Deep in the list, as only what is not typed may. */
type Writable = { spec: { selector?: string; ingress: Array<{ action: string }> } }

repeated('sees what was changed in a list or in its resources', () => {
  const pod = { _tag: 'Workload', namespace: 'shop', labels: { role: 'api' } } as const
  const flow = { from: { _tag: 'Address', ip: '192.0.2.7' }, to: pod, protocol: 'TCP', port: 80 } as const
  const policy = structuredClone(networkPolicy('api', 'shop').denyIngress()) as Resource
  const list: Array<Resource> = [policy]
  const answers = (): ReadonlyArray<string> => [
    ...new Set(often.map(() => verdict(list, flow, { calico: '3.28' }).decision)),
  ]
  assert.equal(answers(), ['denied'])
  const { spec } = policy as unknown as Writable
  const [rule] = spec.ingress
  if (rule !== undefined) rule.action = 'Allow'
  assert.equal(answers(), ['allowed'])
  spec.ingress.length = 0
  assert.equal(answers(), ['denied'])
  spec.selector = "role == 'web'"
  assert.equal(answers(), ['allowed'])
  delete spec.selector
  assert.equal(answers(), ['denied'])
  list.push(networkPolicy('first', 'shop').order(1).allowIngress())
  assert.equal(answers(), ['allowed'])
  list.pop()
  assert.equal(answers(), ['denied'])
})

repeated('is of what a list says, whatever became of the objects that said it before', () => {
  const pod = { _tag: 'Workload', namespace: 'shop', labels: { role: 'web' } } as const
  const flow = { from: pod, to: { _tag: 'Address', ip: '192.0.2.7' }, protocol: 'TCP', port: 80 } as const
  const services = { namespace: 'shop', name: 'api' }
  const made = (): Resource =>
    structuredClone(networkPolicy('kept', 'shop').allowEgress({ destination: { services } }))
  const missing = (policy: Resource) => verdict([policy], flow).missing?.join() ?? ''
  const policy = made()
  for (const _ of often) assert.match(missing(policy), 'the service shop/api')
  const { egress } = policy.spec as { egress: Array<{ destination: { services: { name: string } } }> }
  for (const { destination } of egress) destination.services.name = 'other'
  for (const _ of often) assert.match(missing(made()), 'the service shop/api')
  for (const _ of often) assert.match(missing(policy), 'the service shop/other')
})

repeated.run()
