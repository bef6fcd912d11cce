import { expectTypeOf } from 'expect-type'
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { type EgressRule, egress, type IngressRule, ingress } from '../../src/build/rule.js'
import type { Rule } from '../../src/model/policy/rule.js'

const policy = networkPolicy('api', 'shop')
const global = globalNetworkPolicy('api')

// Rules are data, and keep their direction through loops, maps and spreads.
expectTypeOf(ingress.allow()).toEqualTypeOf<IngressRule>()
expectTypeOf(egress.deny()).toEqualTypeOf<EgressRule>()
expectTypeOf<IngressRule>().toExtend<Rule>()
const peers = ['web', 'batch']
policy.ingress(...peers.map((peer) => ingress.allow({ source: { selector: `role == '${peer}'` } })))
policy.ingress(ingress.log(), ...peers.map(() => ingress.deny()), ingress.pass())
policy.egress(...[80, 443].map((port) => egress.allow({ protocol: 'TCP', destination: { ports: [port] } })))
const shared = [egress.allow(), egress.deny()] as const
policy.egress(...shared)
global.egress(...shared)
policy.egress({ ...egress.allow(), metadata: { annotations: { why: 'because' } } })
const byDirection = { in: [ingress.deny()], out: [egress.deny()] }
global.ingress(...byDirection.in).egress(...byDirection.out)

// A rule of the other direction.
// @ts-expect-error an egress rule for ingress
policy.ingress(egress.allow())
// @ts-expect-error an ingress rule for egress
policy.egress(ingress.allow())
// @ts-expect-error the same on a global policy
global.ingress(egress.allow())
// @ts-expect-error and there for egress
global.egress(ingress.allow())
// @ts-expect-error one among several
policy.ingress(ingress.allow(), egress.allow())
// @ts-expect-error in a list
policy.ingress(...[ingress.allow(), egress.allow()])

// A rule as a bare literal could say what Calico refuses: it is made by `ingress` or `egress`.
// @ts-expect-error not made by `ingress`
policy.ingress({ action: 'Allow' })
// @ts-expect-error nor was that
policy.egress({ action: 'Allow', protocol: 'ICMP', destination: { ports: [80] } })

// Rules are readonly.
const rule = ingress.allow({ protocol: 'TCP', destination: { ports: [80] } })
// @ts-expect-error readonly
rule.action = 'Deny'
// @ts-expect-error readonly, at any depth
rule.destination?.ports?.push(81)
