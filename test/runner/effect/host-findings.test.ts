import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, hostEndpoint, networkPolicy } from '../../../src/index.js'
import { hostLintRules, lintRules } from '../../../src/policy/lint/lint.js'
import { printPlan } from '../../../src/runner/apply/print-plan.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { intercepted } from '../intercept.js'

const test = suite('what a plan finds about hosts')

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', labels: { role: 'worker', 'kubernetes.io/os': 'linux' } },
  status: { addresses: [{ type: 'InternalIP', address: '192.0.2.1' }] },
}
const cluster = () => memoryCluster({ namespaces: ['shop'], objects: [node] })
const runnerOn = (on = cluster()) => createRunner({ owner: 'shop', cluster: on, lockout: 'ignore' })
const rulesOf = (findings: ReadonlyArray<{ readonly rule: string; readonly resource: string }>) =>
  findings.map(({ rule, resource }) => `${rule} ${resource}`)

const forPods = globalNetworkPolicy('default-deny').types('Ingress', 'Egress')
const ssh = globalNetworkPolicy('no-ssh')
  .selector("role == 'worker'")
  .applyOnForward()
  .preDNAT()
  .denyIngress({ protocol: 'TCP', destination: { ports: [22] } })

test('is in its data and after its text, without options', async () => {
  const plan = await runnerOn().plan([forPods])
  assert.equal(rulesOf(plan.findings), ['applies-to-hosts GlobalNetworkPolicy(default-deny)'])
  const text = printPlan(plan)
  const [head, first = ''] = text.slice(text.indexOf('Likely')).split('\n')
  assert.is(head, 'Likely mistakes about hosts:')
  assert.match(
    first,
    /^ {2}GlobalNetworkPolicy\(default-deny\) · spec\.selector: the policy applies to host endpoints/,
  )
  assert.equal(JSON.parse(JSON.stringify(plan)).findings, plan.findings)
})

test('is not printed without end', async () => {
  const many = Array.from({ length: 30 }, (_, i) => globalNetworkPolicy(`deny-${i}`).types('Ingress'))
  const plan = await runnerOn().plan(many)
  assert.is(plan.findings.length, 30)
  assert.match(printPlan(plan), /^ {2}and 10 more$/m)
})

test('is about hosts alone, and nothing where there is nothing', async () => {
  const shadowed = networkPolicy('web', 'shop').denyIngress().allowIngress({ protocol: 'TCP' })
  const plan = await runnerOn().plan([shadowed])
  assert.equal(plan.findings, [])
  assert.not.match(printPlan(plan), 'Likely mistakes')
})

test('knows what was read with the effect: nodes that are there, and those that are gone', async () => {
  const gone = hostEndpoint('n9', 'n9').interfaceName('eth0').expectedIPs('192.0.2.9')
  const without = await runnerOn().plan([gone])
  assert.equal(without.findings, [])
  const seen = await runnerOn().plan([gone], { connectivity: true })
  assert.equal(rulesOf(seen.findings), ['host-endpoint-without-node HostEndpoint(n9)'])
})

test('takes what the plan replaces for what it will be', async () => {
  const on = cluster()
  await runnerOn(on).apply([forPods])
  const kept = forPods.namespaceSelector('has(projectcalico.org/name)')
  const plan = await runnerOn(on).plan([kept], { connectivity: true })
  assert.equal(plan.findings, [])
  const same = await runnerOn(on).plan([forPods], { connectivity: true })
  assert.equal(rulesOf(same.findings), ['applies-to-hosts GlobalNetworkPolicy(default-deny)'])
})

test('reads nothing more, and apply goes on in spite of it', async () => {
  const reads = async (resources: Parameters<ReturnType<typeof runnerOn>['plan']>[0]) => {
    const calls: Array<string> = []
    const counted = intercepted(cluster(), ({ path }) => {
      calls.push(path)
      return undefined
    })
    await createRunner({ owner: 'shop', cluster: counted, lockout: 'ignore' }).plan(resources)
    return calls.length
  }
  const mindful = forPods.namespaceSelector('has(projectcalico.org/name)')
  assert.is(await reads([forPods]), await reads([mindful]))
  const applied = await runnerOn().apply([forPods, ssh])
  assert.ok(applied.items.every(({ outcome }) => outcome === 'created'))
})

test('has only rules that there are', () => {
  const names = new Set(lintRules.map(({ name }) => name))
  assert.ok([...hostLintRules].every((it) => names.has(it)))
  const others = [...names].filter((it) => /host|node|untracked|cut-off/.test(it) && !hostLintRules.has(it))
  assert.equal(others, ['dns-cut-off'])
})

test.run()
