import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { brokenYaml, webYaml } from './shop.js'

/** The second in a list, so that places are those of the text and not of the resource. */
const shadowedYaml = `apiVersion: projectcalico.org/v3
kind: NetworkPolicyList
items:
- apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata: { name: db, namespace: shop }
  spec: { types: [Egress] }
- apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata: { name: api, namespace: shop }
  spec:
    order: 5
    selector: app == 'api'
    ingress:
    - action: Deny
    - action: Allow
      protocol: TCP
`

const allowModule = `import { globalNetworkPolicy } from 'typed-calico'

export const first = globalNetworkPolicy('first')
  .order(1)
  .namespaceSelector('has(projectcalico.org/name)')
  .allowIngress()
export const never = globalNetworkPolicy('never').order(2).selector("a == 'b' && !has(a)").allowIngress()
`

const lint = suite('typed-calico lint')
const place = workshop({
  'web.yaml': webYaml,
  'broken.yaml': brokenYaml,
  'set/allow.ts': allowModule,
  'set/api.yaml': shadowedYaml,
})

const hosts = workshop({
  'hosts.yaml': `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: nodes }
spec:
  selector: has(kubernetes.io/os)
  ingress:
  - { action: Allow, source: { nets: [127.0.0.0/8, 192.168.0.0/16] } }
---
apiVersion: policy.networking.k8s.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: admin }
spec:
  tier: Admin
  priority: 1
  subject: { namespaces: { matchExpressions: [{ key: team, operator: In, values: ['a*'] }] } }
`,
  'others.yaml': `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: NodePort, ports: [{ port: 80, nodePort: 31080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: open, namespace: shop }
spec: { podSelector: {}, ingress: [{}] }
`,
})

const shown = `3 findings
  set/allow.ts · GlobalNetworkPolicy(never) · spec.selector: no labels match this: the policy applies to nothing [selector-never-matches]
    → ask for less: || where one of several is enough; namespaceSelector for pods of another namespace
  set/api.yaml:15:7 · NetworkPolicy(shop/api) · spec.ingress[0]: the rule never acts: ingress[0] of GlobalNetworkPolicy(first), which goes first, allows everything it could match [rule-shadowed]
    15 |     - action: Deny
       |       ^
    → give its policy a lower order than the other one, or remove the rule
  set/api.yaml:16:7 · NetworkPolicy(shop/api) · spec.ingress[1]: the rule never acts: ingress[0] denies everything it could match [rule-shadowed]
    16 |     - action: Allow
       |       ^
    → move it before ingress[0], or remove it
`

lint('says that there are no findings, and exits with 0', async () => {
  const { code, stdout, stderr } = await place.call(['lint', 'web.yaml'])
  assert.equal([code, stdout, stderr], [0, '1 resource in 1 file: no findings\n', ''])
})

lint('judges all inputs together, shows places and remedies, and exits with 1', async () => {
  const { code, stdout, stderr } = await place.call(['lint', 'set'])
  assert.equal([code, stderr], [1, ''])
  assert.is(stdout, shown)
})

lint('says the same to programs', async () => {
  const { code, stdout } = await place.call(['lint', 'set', '--output', 'json'])
  const { ok, files, issues } = JSON.parse(stdout)
  assert.equal([code, ok, files.length, issues.length], [1, false, 2, 3])
  assert.equal(issues[2], {
    file: 'set/api.yaml',
    line: 16,
    column: 7,
    path: 'spec.ingress[1]',
    rule: 'rule-shadowed',
    resource: 'NetworkPolicy(shop/api)',
    message: 'the rule never acts: ingress[0] denies everything it could match',
    hint: 'move it before ingress[0], or remove it',
    source: 'felix/rules/endpoints.go, endpointIptablesChain',
  })
})

lint('warns code hosts, as SARIF', async () => {
  const { code, stdout } = await place.call(['lint', 'set', '--output', 'sarif'])
  const [{ tool, results }] = JSON.parse(stdout).runs
  assert.is(code, 1)
  assert.equal(
    results.map(({ ruleId, level }: { readonly ruleId: string; readonly level: string }) => [ruleId, level]),
    [
      ['selector-never-matches', 'warning'],
      ['rule-shadowed', 'warning'],
      ['rule-shadowed', 'warning'],
    ],
  )
  for (const { fullDescription } of tool.driver.rules)
    assert.not.match(fullDescription.text, 'see the message')
})

lint('leaves out the rules that are to be ignored', async () => {
  const ignore = ['--ignore', 'rule-shadowed', '--ignore', 'selector-never-matches']
  assert.is((await place.call(['lint', 'set', ...ignore])).code, 0)
  const { code, stderr } = await place.call(['lint', 'set', '--ignore', 'rule-shaded'])
  assert.is(code, 64)
  assert.match(stderr, 'rule-shadowed')
})

lint('judges hosts by what else is in the files, and policies of Kubernetes by their names', async () => {
  const { code, stdout } = await hosts.call(['lint', '.'])
  assert.is(code, 1)
  for (const line of [
    'hosts.yaml:7:3 · GlobalNetworkPolicy(nodes) · spec.ingress: node port 31080 of the service shop/web',
    'KubernetesNetworkPolicy(shop/deny) · spec.ingress: the policy isolates nothing: KubernetesNetworkPolicy(shop/open)',
    'ClusterNetworkPolicy(admin) · spec.namespaceSelector: no label has the value "a*"',
  ])
    assert.ok(stdout.includes(line), stdout)
})

lint('says only what Calico refuses, where it refuses something', async () => {
  const { code, stdout } = await place.call(['lint', '.'])
  assert.is(code, 1)
  assert.match(stdout, /^Invalid: 2 issues\n/)
  assert.not.match(stdout, 'rule-shadowed')
})

lint.after(place.remove)
lint.after(hosts.remove)
lint.run()
