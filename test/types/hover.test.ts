import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, complaints, hovers } from './compile.js'

const hover = suite('what an editor shows')

const text = `
import { egress, globalNetworkPolicy, ingress, networkPolicy } from 'typed-calico'

const policy = networkPolicy('api', 'shop')
const chained = policy.order(1).allowIngress({ protocol: 'TCP', destination: { ports: [80] } }).types('Ingress')
const withEgress = policy.allowEgress().when(true, (built) => built.denyEgress())
const staged = policy.stage()
const enforced = policy.stage().enforce()
const global = globalNetworkPolicy('api').order(1).denyIngress()
const globalWithEgress = globalNetworkPolicy('api').allowEgress().order(1)
const forwarded = globalNetworkPolicy('api').applyOnForward()
const untracked = globalNetworkPolicy('api').applyOnForward().doNotTrack()
const preDNAT = globalNetworkPolicy('api').applyOnForward().preDNAT().allowIngress()
const stagedGlobal = globalNetworkPolicy('api').stage()
const rule = ingress.allow({ protocol: 'TCP' })
const rules = [80, 443].map((port) => egress.allow({ protocol: 'TCP', destination: { ports: [port] } }))
const data = { ...policy }
const spec = policy.spec
export { chained, withEgress, staged, enforced, global, globalWithEgress, forwarded, untracked, preDNAT }
export { stagedGlobal, rule, rules, data, spec }
`

const program = compile({ 'hover.ts': text })

hover('compiles', () => {
  assert.equal(complaints(program, 'hover.ts'), [])
})

hover('is the short name of each thing', () => {
  assert.equal(hovers(program, 'hover.ts'), {
    policy: 'NetworkPolicyBuilder',
    chained: 'NetworkPolicyBuilder',
    withEgress: 'NetworkPolicyBuilder',
    staged: 'StagedNetworkPolicyBuilder',
    enforced: 'NetworkPolicyBuilder',
    global: 'GlobalNetworkPolicyBuilder',
    globalWithEgress: 'WithEgress<"GlobalNetworkPolicy">',
    forwarded: 'OnForward<"GlobalNetworkPolicy">',
    untracked: 'Untracked<"GlobalNetworkPolicy">',
    preDNAT: 'PreDNAT<"GlobalNetworkPolicy">',
    stagedGlobal: 'StagedGlobalNetworkPolicyBuilder',
    rule: 'IngressRule',
    rules: 'EgressRule[]',
    data: '{ apiVersion: "projectcalico.org/v3"; kind: "NetworkPolicy"; metadata: NamespacedMetadata; spec: NetworkPolicySpec; }',
    spec: 'NetworkPolicySpec',
  })
})

hover.run()
