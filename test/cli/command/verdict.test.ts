import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { apiYaml, dbYaml, hostsYaml, workloadsYaml } from './shop-files.js'

const verdict = suite('typed-calico verdict')
const place = workshop({
  'all/workloads.yaml': workloadsYaml,
  'all/api.yaml': apiYaml(),
  'all/db.yaml': dbYaml,
  'policies/db.yaml': dbYaml,
  'staged.yaml': dbYaml.replace('kind: NetworkPolicy', 'kind: StagedNetworkPolicy'),
  'wrong/kind.yaml': apiYaml().replace('NetworkPolicy', 'NetworkPolcy'),
  'wrong/group.yaml': apiYaml().replace('networking.', 'network.'),
  'wrong/old.yaml': apiYaml().replace('networking.k8s.io/v1', 'extensions/v1beta1'),
  'wrong/nameless.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { namespace: shop }\n',
  'wrong/empty.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web2 }\nspec: 5\n',
  'wrong/label.yaml': apiYaml().replace('name: api', 'name: other').replace('{ app: api }', '{ a@b: api }'),
  'beside.yaml': ['v1 Secret', 'v1 Event', 'networking.k8s.io/v1 Ingress']
    .map((it) => it.split(' '))
    .map(([api, kind]) => `apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: a }\n`)
    .join('---\n'),
  'hosts.yaml': hostsYaml,
  'broken.yaml': dbYaml.replace('Allow', 'Alow'),
})
const ask = (...args: ReadonlyArray<string>) => place.call(['verdict', 'all', ...args])

verdict('says what becomes of a flow, by whom, and exits with 0', async () => {
  const { code, stdout, stderr } = await ask('--from', 'shop/web', '--to', 'stock/db', '--port', '5432')
  assert.equal([code, stderr], [0, 'skipped in all/workloads.yaml: 1 ConfigMap\n'])
  assert.is(
    stdout,
    `denied
  egress of shop/web
    → no policy applies: the namespace's profile allows
  ingress of stock/db
      NetworkPolicy(stock/db), rule 0: no match, by the other end
    → end of tier "default": Deny
`,
  )
})

verdict('knows the ports that workloads name, and says the same to programs', async () => {
  const { stdout } = await ask('--from', 'shop/web', '--to', 'shop/api', '--port', '8080', '--output', 'json')
  const { decision, flow, sides } = JSON.parse(stdout)
  assert.equal([decision, flow.protocol, sides.length], ['allowed', 'TCP', 2])
})

verdict('takes protocols by name and number, ICMP by type, and addresses', async () => {
  const decide = async (...args: ReadonlyArray<string>) => (await ask(...args)).stdout.split('\n')[0]
  assert.equal(
    [
      await decide('--from', '192.0.2.7', '--to', 'shop/web', '--protocol', '47'),
      await decide('--from', '192.0.2.7', '--to', 'stock/db', '--protocol', 'icmp', '--icmp', '8/0'),
    ],
    ['allowed', 'denied'],
  )
})

verdict('is a gate with --expect', async () => {
  const flow = ['--from', 'shop/web', '--to', 'stock/db', '--port', '5432']
  assert.is((await ask(...flow, '--expect', 'denied')).code, 0)
  const { code, stderr } = await ask(...flow, '--expect', 'allowed')
  assert.is(code, 2)
  assert.match(stderr, 'expected to be allowed, but it is denied')
})

verdict('takes staged policies for enforced ones when it is told to', async () => {
  const flow = ['--from', 'shop/web', '--to', 'stock/db']
  const files = ['verdict', 'all/workloads.yaml', 'staged.yaml']
  assert.match((await place.call([...files, ...flow])).stdout, /^allowed/)
  assert.match((await place.call([...files, ...flow, '--staged'])).stdout, /^denied/)
})

const ofHosts = (...args: ReadonlyArray<string>) => place.call(['verdict', 'hosts.yaml', ...args])

verdict('takes nodes for ends, by the interface too, and needs no pods then', async () => {
  const { code, stdout } = await ofHosts('--from', '198.51.100.7', '--to', 'node:n1', '--port', '10250')
  assert.equal([code, stdout.split('\n')[0]], [0, 'unknown'])
  assert.match(stdout, 'not given: the interface')
  const to = async (...args: ReadonlyArray<string>) =>
    (await ofHosts('--from', '198.51.100.7', '--port', '10250', ...args)).stdout
  assert.is(
    await to('--to', 'node:n1/eth0'),
    [
      'denied',
      '  ingress of HostEndpoint(n1-eth0), before DNAT',
      '      GlobalNetworkPolicy(node-ports), rule 0: no match, by the protocol or the ports',
      '  ingress of HostEndpoint(n1-eth0)',
      '    → GlobalNetworkPolicy(nodes), rule 0: Deny\n',
    ].join('\n'),
  )
  assert.match(await to('--to', 'node:n1/eth1'), /^allowed/)
  assert.match(await to('--to', 'node:n1', '--interface', 'eth0'), /^denied/)
})

verdict('takes where it was sent to before DNAT, and the node that passes it on', async () => {
  const flow = ['--from', '198.51.100.7', '--to', '203.0.113.9', '--port', '8080']
  const decide = async (...args: ReadonlyArray<string>) =>
    (await ofHosts(...flow, ...args)).stdout.split('\n')[0]
  const at = ['--interface', 'eth0']
  assert.is(await decide(), 'unknown')
  assert.is(await decide(...at, '--before-dnat', '192.0.2.1:30080'), 'denied')
  assert.is(await decide(...at, '--before-dnat', '192.0.2.1:30081'), 'allowed')
  assert.is(await decide('--through', 'n1/eth1/eth0', '--before-dnat', '192.0.2.80:30080'), 'allowed')
  assert.is(await decide('--through', 'n1/eth0/eth1', '--before-dnat', '[2001:db8::1]:30080'), 'denied')
  const { flow: asked } = JSON.parse(
    (await ofHosts(...flow, '--through', 'n1/eth0', '--output', 'json')).stdout,
  )
  assert.equal(asked.through, { node: 'n1', in: 'eth0' })
})

verdict('refuses nodes that are not there', async () => {
  const flow = ['--from', '198.51.100.7', '--to', 'node:n1']
  const told = async (...args: ReadonlyArray<string>) => (await ofHosts(...args)).stderr
  assert.match(await told('--from', '198.51.100.7', '--to', 'node:n2'), /no node n2.*did you mean node:n1/s)
  assert.match(await told(...flow, '--through', 'n9'), 'there is no node n9')
})

verdict('refuses a pod that is not there, and says which is meant', async () => {
  const { code, stderr } = await ask('--from', 'shop/wbe', '--to', 'stock/db')
  assert.is(code, 1)
  assert.match(stderr, /there is no pod shop\/wbe.*did you mean shop\/web\?/s)
})

verdict('says what an end may be, where no pod is near to what was written', async () => {
  const told = async (end: string) => (await ask('--from', end, '--to', 'stock/db')).stderr
  assert.match(await told('outside'), 'what is no pod is named by an address, such as 203.0.113.1')
  assert.match(await told('198.51.100.0/24'), 'such as 198.51.100.1')
  assert.match(await told('metrics.monitoring.svc'), 'for a service, name a pod behind it')
  assert.match(await told('kube-system/coredns'), /give its manifest as well, or name the node, as node:NAME/)
})

verdict('refuses inputs without pods, inputs that Calico would refuse, and none', async () => {
  const flow = ['--from', 'shop/web', '--to', 'stock/db']
  const alone = await place.call(['verdict', 'policies', ...flow])
  assert.is(alone.code, 66)
  assert.match(
    alone.stderr,
    /no pod, workload or node found in policies\n {2}→ give manifests of Deployments/,
  )
  const broken = await place.call(['verdict', 'broken.yaml', ...flow])
  assert.is(broken.code, 1)
  assert.match(broken.stderr, /broken\.yaml:7:\d+ .*action/)
  const none = await place.call(['verdict', ...flow])
  assert.is(none.code, 64)
  assert.match(none.stderr, 'name files or folders, or pass --world or --context')
  assert.match((await ask(...flow, '--port', '70000')).stderr, 'from 1 to 65535')
})

verdict('refuses options that say two things, and ends that no packet has', async () => {
  const flow = ['--from', 'shop/web', '--to', 'stock/db']
  const said = async (...args: ReadonlyArray<string>) => {
    const { code, stderr } = await ask(...args)
    return `${code} ${stderr.split('\n').find((it) => it.startsWith('BadUsage'))}`
  }
  assert.is(
    await said(...flow, '--icmp', '8/0'),
    '64 BadUsage: --icmp says what a packet of ICMP is, and this is TCP',
  )
  assert.is(await said(...flow, '--protocol', 'icmp', '--port', '80'), '64 BadUsage: ICMP has no ports')
  assert.is(
    await said('--from', '192.0.2.7', '--to', '2001:db8::1', '--port', '80'),
    '64 BadUsage: no packet goes from 192.0.2.7 to 2001:db8::1',
  )
})

verdict('says so where nothing is asked', async () => {
  const { stdout } = await ask('--from', '192.0.2.7', '--to', '192.0.2.8', '--port', '80')
  assert.is(stdout, 'allowed\n  no policy is asked on its way\n')
})

verdict('refuses objects of Kubernetes that are not what they mean to be', async () => {
  const flow = ['--from', 'shop/web', '--to', 'shop/api', '--port', '80']
  const said = async (file: string) => {
    const { code, stderr } = await place.call(['verdict', 'all', file, ...flow])
    return [code, ...stderr.split('\n').slice(2, 4)]
  }
  assert.equal(await said('wrong/kind.yaml'), [
    1,
    '  wrong/kind.yaml · NetworkPolcy(shop/api) · kind: networking.k8s.io/v1 has no kind NetworkPolcy [unknown-kind]',
    '    → did you mean NetworkPolicy?',
  ])
  assert.equal(await said('wrong/group.yaml'), [
    1,
    '  wrong/group.yaml · NetworkPolicy(shop/api) · apiVersion: Kubernetes has no NetworkPolicy in network.k8s.io/v1 [unknown-api]',
    '    → write networking.k8s.io/v1',
  ])
  assert.match(`${(await said('wrong/old.yaml'))[1]}`, 'no API server since Kubernetes 1.16')
  assert.match(`${(await said('wrong/nameless.yaml'))[1]}`, 'metadata.name: a Deployment without a name')
  assert.match(
    `${(await said('wrong/empty.yaml'))[1]}`,
    'Deployment(web2) · spec.template: the Deployment has no template',
  )
})

verdict('names the file of a Kubernetes policy that cannot be read', async () => {
  const { code, stderr } = await place.call([
    'verdict',
    'all',
    'wrong/label.yaml',
    '--from',
    'shop/web',
    '--to',
    'shop/api',
  ])
  assert.is(code, 1)
  assert.match(stderr, 'wrong/label.yaml · NetworkPolicy(shop/other) · spec.podSelector.matchLabels["a@b"]')
})

verdict('skips what has no say, however it is called', async () => {
  const { code, stderr } = await place.call(['connectivity', 'all', 'beside.yaml'])
  assert.equal([code, /skipped in beside\.yaml: 1 Secret, 1 Event, 1 Ingress/.test(stderr)], [0, true])
})

verdict.after(place.remove)
verdict.run()
