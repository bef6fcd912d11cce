import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy, orThrow, toYaml } from '../../../src/index.js'
import { compile, expectFlow, printCoverage, ruleCoverage } from '../../../src/policy/index.js'

const expects = suite('expectFlow')

const pod = (name: string) => ({ _tag: 'Workload', namespace: 'shop', name, labels: { name } }) as const
const api = networkPolicy('api', 'shop')
  .selector("name == 'api'")
  .allowIngress({ protocol: 'TCP', source: { selector: "name == 'web'" }, destination: { ports: [443] } })
  .allowIngress({ protocol: 'ICMP', icmp: { type: 8 } })
  .allowIngress({ protocol: 'TCP', source: { nets: ['192.0.2.0/24'] } })
const kubernetes = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { name: db } }
  ingress:
  - from: [{ podSelector: {} }]
`
const files = { 'policies/api.yaml': `# by hand\n${toYaml(api)}`, 'policies/db.yaml': kubernetes }
const fresh = () =>
  orThrow(compile({ resources: [api], pods: ['web', 'api', 'db'].map(pod), namespaces: kubernetes }))

const message = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('nothing was thrown')
}

expects('passes where the flow comes to what is expected', () => {
  const flow = expectFlow(fresh())
  flow.from('shop/web').to('shop/api').on('TCP', 443).toBeAllowed()
  flow.from('shop/db').to('shop/api').on('TCP', 80).toBeUnknown()
  flow.from('198.51.100.7').to('shop/api').on('TCP', 443).toBeDenied()
  flow
    .from('shop/db')
    .to('shop/api')
    .on({ protocol: 'ICMP', icmp: { type: 8, code: 0 } })
    .toBeAllowed()
  flow.from('shop/web').to({ _tag: 'Address', ip: '198.51.100.7' }).on('UDP', 53).toBeAllowed()
})

expects('fails with the way of the flow', () => {
  const flow = expectFlow(fresh()).from('198.51.100.7').to('shop/api').on('TCP', 443)
  assert.is(
    message(flow.toBeAllowed),
    `expected 198.51.100.7 → shop/api: TCP 443 to be allowed, but it is denied
  ingress of shop/api
      NetworkPolicy(shop/api), rule 0: no match, by the other end
      NetworkPolicy(shop/api), rule 1: no match, by the protocol or the ports
      NetworkPolicy(shop/api), rule 2: no match, by the other end
    → end of tier "default": Deny`,
  )
  assert.match(message(flow.toBeUnknown), 'to not be known, but it is denied')
  assert.match(
    message(expectFlow(fresh()).from('shop/web').to('shop/api').on('TCP', 443).toBeDenied),
    'to be denied, but it is allowed',
  )
})

expects('shows the line of the test, and not its own', () => {
  const flow = expectFlow(fresh()).from('shop/web').to('shop/api').on('TCP', 443)
  try {
    flow.toBeDenied()
    assert.unreachable()
  } catch (error) {
    assert.match((error as Error).stack?.split('\n    at ')[1] ?? '', 'expect-flow.test.ts')
  }
})

expects('refuses a pod that is not there, and says which was meant', () => {
  const flow = expectFlow(fresh())
  assert.match(
    message(() => flow.from('shop/wbe')),
    /there is no pod shop\/wbe.*did you mean shop\/web\?/s,
  )
  assert.match(
    message(() => flow.from('api')),
    'did you mean shop/api?',
  )
  assert.match(
    message(() => expectFlow(orThrow(compile({}))).from('shop/web')),
    'the world has no pods',
  )
})

expects('counts what rules it hit', () => {
  const world = fresh()
  const flow = expectFlow(world)
  flow.from('shop/web').to('shop/api').on('TCP', 443).toBeAllowed()
  flow.from('shop/web').to('shop/api').on('TCP', 443).toBeAllowed()
  flow.from('192.0.2.7').to('shop/api').on('TCP', 22).toBeAllowed()
  assert.equal(
    ruleCoverage(world).map(({ policy, rule, hits }) => [policy, rule, hits]),
    [
      ['KubernetesNetworkPolicy(shop/db)', 0, 0],
      ['NetworkPolicy(shop/api)', 0, 2],
      ['NetworkPolicy(shop/api)', 1, 0],
      ['NetworkPolicy(shop/api)', 2, 1],
    ],
  )
  assert.is(
    printCoverage(ruleCoverage(world), 'text', files),
    `2 of 4 rules were hit
  never hit: KubernetesNetworkPolicy(shop/db), ingress rule 0 (policies/db.yaml:8)
  never hit: NetworkPolicy(shop/api), ingress rule 1 (policies/api.yaml:19)`,
  )
  assert.equal(JSON.parse(printCoverage(ruleCoverage(world), 'json', files)).places[2], {
    policy: 'NetworkPolicy(shop/api)',
    direction: 'Ingress',
    rule: 1,
    hits: 0,
    file: 'policies/api.yaml',
    line: 19,
  })
  assert.is(
    printCoverage(ruleCoverage(world), 'lcov', files),
    `TN:
SF:policies/db.yaml
DA:8,0
LF:1
LH:0
end_of_record
TN:
SF:policies/api.yaml
DA:12,2
DA:19,0
DA:23,1
LF:3
LH:2
end_of_record
`,
  )
})

expects('knows the rules of a list by their lines', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify(api)}\n`
  assert.match(printCoverage(ruleCoverage(fresh()), 'text', { 'list.yaml': list }), '(list.yaml:4)')
})

expects.run()
