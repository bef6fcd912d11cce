import { expectTypeOf } from 'expect-type'
import { edit } from '../../src/build/edit.js'
import {
  type GlobalNetworkPolicyBuilder,
  globalNetworkPolicy,
  type StagedGlobalNetworkPolicyBuilder,
  stagedGlobalNetworkPolicy,
} from '../../src/build/global-network-policy.js'
import {
  type NetworkPolicyBuilder,
  networkPolicy,
  type StagedNetworkPolicyBuilder,
  stagedNetworkPolicy,
} from '../../src/build/network-policy.js'
import type { NamespacedMetadata } from '../../src/model/meta/metadata.js'
import type { GlobalNetworkPolicy } from '../../src/model/policy/global-network-policy.js'
import type { NetworkPolicy, NetworkPolicySpec } from '../../src/model/policy/network-policy.js'
import type { Resource } from '../../src/model/resource.js'
import type { StagedGlobalNetworkPolicy } from '../../src/model/staged/staged-global-network-policy.js'
import type { StagedNetworkPolicy } from '../../src/model/staged/staged-network-policy.js'
import { eq, notIn } from '../../src/selector/condition.js'
import { label } from '../../src/selector/label.js'

// A builder is the resource.
const policy = networkPolicy('api', 'shop')
const global = globalNetworkPolicy('api')
expectTypeOf(policy).toEqualTypeOf<NetworkPolicyBuilder>()
expectTypeOf(policy).toExtend<NetworkPolicy>()
expectTypeOf(global).toExtend<GlobalNetworkPolicy>()
expectTypeOf(stagedNetworkPolicy('api', 'shop')).toExtend<StagedNetworkPolicy>()
expectTypeOf(stagedGlobalNetworkPolicy('api')).toExtend<StagedGlobalNetworkPolicy>()
const resources: ReadonlyArray<Resource> = [
  policy,
  global,
  policy.stage(),
  global.stage(),
  global.allowEgress(),
]
expectTypeOf(resources).toExtend<ReadonlyArray<Resource>>()
expectTypeOf(policy.stage()).toEqualTypeOf<StagedNetworkPolicyBuilder>()
expectTypeOf(policy.stage('Learn').enforce()).toEqualTypeOf<NetworkPolicyBuilder>()
expectTypeOf(global.stage()).toEqualTypeOf<StagedGlobalNetworkPolicyBuilder>()
expectTypeOf(stagedGlobalNetworkPolicy('api').enforce()).toEqualTypeOf<GlobalNetworkPolicyBuilder>()
expectTypeOf(edit(policy)).toEqualTypeOf<NetworkPolicyBuilder>()

// A copy by spread has the fields, and no methods.
expectTypeOf({ ...policy }).toEqualTypeOf<{
  apiVersion: 'projectcalico.org/v3'
  kind: 'NetworkPolicy'
  metadata: NamespacedMetadata
  spec: NetworkPolicySpec
}>()
const moved: NetworkPolicy = { ...policy, metadata: { ...policy.metadata, namespace: 'shop-2' } }
edit(moved).order(1)
// @ts-expect-error a copy is data
void { ...policy }.order
// @ts-expect-error also of a global policy
void { ...global.allowEgress() }.order

// Each call gives a builder of the same sort, in chains, loops, folds and conditions.
expectTypeOf(
  policy.order(1).tier('t').selector('all()').types('Egress').labels({}).allowEgress().ingress().egress(),
).toEqualTypeOf<NetworkPolicyBuilder>()
expectTypeOf(
  global.order(1).namespaceSelector(eq('a', 'b')).allowIngress(),
).toEqualTypeOf<GlobalNetworkPolicyBuilder>()
let looped = global
for (const port of [80, 443]) looped = looped.allowEgress({ protocol: 'TCP', destination: { ports: [port] } })
looped = looped.applyOnForward().doNotTrack().types('Ingress', 'Egress')
let forwarded = global.applyOnForward()
forwarded = forwarded.preDNAT()
const folded = [1, 2].reduce((built, order) => built.order(order).denyEgress(), global)
const maybe = folded.when(true, (built) => built.denyEgress().order(1)).when(false, (built) => built)
expectTypeOf(maybe).toEqualTypeOf<GlobalNetworkPolicyBuilder>()
const hardened = (from: GlobalNetworkPolicyBuilder): GlobalNetworkPolicyBuilder => from.denyEgress().order(1)
hardened(hardened(global).applyOnForward().doNotTrack())

// What host endpoints can have.
global.applyOnForward().doNotTrack().allowEgress().types('Ingress', 'Egress').applyOnForward().doNotTrack()
global.types('Ingress').allowIngress().applyOnForward().preDNAT().denyIngress().types('Ingress').preDNAT()
global.allowEgress().applyOnForward().doNotTrack()
global.applyOnForward().allowEgress().stage().doNotTrack().enforce()

// doNotTrack with preDNAT.
// @ts-expect-error preDNAT after doNotTrack
global.applyOnForward().doNotTrack().preDNAT()
// @ts-expect-error doNotTrack after preDNAT
global.applyOnForward().preDNAT().doNotTrack()
// @ts-expect-error also with calls in between
global.applyOnForward().doNotTrack().order(1).allowIngress().preDNAT()
// @ts-expect-error also on trial
global.stage().applyOnForward().doNotTrack().preDNAT()
// @ts-expect-error also when it was on trial
global.applyOnForward().preDNAT().stage().enforce().doNotTrack()

// Either without applyOnForward.
// @ts-expect-error doNotTrack by itself
global.doNotTrack()
// @ts-expect-error preDNAT by itself
global.preDNAT()
// @ts-expect-error doNotTrack after egress rules
global.allowEgress().doNotTrack()

// preDNAT with egress.
// @ts-expect-error an egress rule after preDNAT
global.applyOnForward().preDNAT().allowEgress()
// @ts-expect-error another
global.applyOnForward().preDNAT().denyEgress({})
// @ts-expect-error another
global.applyOnForward().preDNAT().order(1).logEgress()
// @ts-expect-error another
global.applyOnForward().preDNAT().passEgress()
// @ts-expect-error egress rules by themselves
global.applyOnForward().preDNAT().egress()
// @ts-expect-error the type Egress after preDNAT
global.applyOnForward().preDNAT().types('Ingress', 'Egress')
// @ts-expect-error preDNAT after an egress rule
global.allowEgress().applyOnForward().preDNAT()
// @ts-expect-error preDNAT after an egress rule that came after applyOnForward
global.applyOnForward().denyEgress().order(1).preDNAT()
// @ts-expect-error preDNAT after the type Egress
global.types('Egress').applyOnForward().preDNAT()

// Namespaces.
// @ts-expect-error a namespace on a global policy
globalNetworkPolicy('api', 'shop')
// @ts-expect-error none on a namespaced one
networkPolicy('api')
// @ts-expect-error a namespace selector of the whole policy on a namespaced one
policy.namespaceSelector('all()')
// @ts-expect-error what only global policies can do
policy.applyOnForward()

// Values.
// @ts-expect-error a type that is none
policy.types('Ingres')
// @ts-expect-error a hint that is none
policy.performanceHints('Assume')
// @ts-expect-error an action that is none
policy.stage('Remove')
const role = label<'web' | 'api'>('role')
policy.selector(eq(role, 'web'))
// @ts-expect-error a value outside of the label's declared ones
policy.selector(eq(role, 'wbe'))
// @ts-expect-error the same in a match
policy.allowIngress({ source: { selector: eq(role, 'wbe') } })
// @ts-expect-error an empty set
global.namespaceSelector(notIn('projectcalico.org/name', []))
// @ts-expect-error a selector is a tree or text
policy.selector({ role: 'web' })
// @ts-expect-error a policy's fields are readonly
policy.spec.order = 1
