import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { objects } from '../../runner/effect/node-cluster.js'
import { servedWorkshop } from '../workshop.js'

const plan = suite('typed-calico plan, where apply would refuse')

const place = await servedWorkshop(
  {
    'deny.yaml': `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: deny }
spec: { selector: all(), types: [Egress] }
`,
    'closed.yaml': `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: closed }
spec:
  selector: has(kubernetes.io/hostname)
  types: [Ingress]
  ingress:
  - { action: Deny, protocol: TCP, destination: { ports: [10250] } }
  - { action: Allow }
`,
    'auto.yaml': `apiVersion: projectcalico.org/v3
kind: KubeControllersConfiguration
metadata: { name: default }
spec: { controllers: { node: { hostEndpoint: { autoCreate: Enabled } } } }
`,
  },
  { objects },
)

plan('says what would be cut off, as text and as data, and ends with 1 as apply does', async () => {
  const text = await place.call(['plan', 'deny.yaml'])
  assert.match(
    text.stdout,
    /^apply would refuse it: this would cut every pod off from DNS \(kube-system\/kube-dns\): .*\n {2}let this traffic through/m,
  )
  assert.match(text.stderr, 'apply would refuse it, for what it cuts off. --lockout ignore goes on.')
  const json = await place.call(['plan', 'deny.yaml', '--output', 'json'])
  const { _tag, cuts, policies } = JSON.parse(json.stdout).lockout
  assert.equal([_tag, cuts], ['Lockout', ['every pod off from DNS (kube-system/kube-dns)']])
  assert.equal(policies, ['GlobalNetworkPolicy(deny)'])
  const applied = await place.call(['apply', 'deny.yaml', '--yes'])
  assert.match(applied.stderr, 'this would cut every pod off from DNS (kube-system/kube-dns)')
  assert.equal([text.code, json.code, applied.code], [1, 1, 1])
})

plan('says nothing of it where it is told to go on', async () => {
  const { code, stdout, stderr } = await place.call(['plan', 'deny.yaml', '--lockout', 'ignore'])
  assert.is(code, 2)
  assert.not.match(`${stdout}${stderr}`, 'refuse')
})

plan('judges automatic host endpoints before they are made', async () => {
  await place.call(['apply', 'closed.yaml', '--yes'])
  const { code, stdout } = await place.call(['plan', 'auto.yaml'])
  assert.is(code, 1)
  assert.match(
    stdout,
    /^apply would refuse it: this would cut .*the API server off from the kubelet of node control: GlobalNetworkPolicy\(closed\), ingress rule 0, in the normal chain \(ingress\) of HostEndpoint\(.*\) on node control/m,
  )
})

plan.after(() => place.close())
plan.run()
