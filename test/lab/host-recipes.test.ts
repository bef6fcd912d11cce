// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  egress,
  failsafePortsFrom,
  hostEgress,
  metadataFromNodesOnly,
  nodePortsFrom,
  orThrow,
  protectHosts,
  type Resource,
  resource,
  toYaml,
} from '../../src/index.js'
import { type CompiledWorld, compile, printVerdict } from '../../src/policy/index.js'
import { becomes } from './becomes.js'
import { decisionOf, tried } from './host-probes.js'
import { outside, servedOutside, waysAround } from './host-surroundings.js'
import { type Lab, labTests } from './lab.js'
import { startServices } from './services.js'

/*
 * The recipes for hosts as they stand, on a node with the endpoint that kube-controllers makes of one: what each denies,
 * that all else goes on, and that verdicts say the same.
 */
const recipes = suite('recipes for hosts, against real packets')
const onLab = await labTests(recipes)

const namespace = `host-recipes-${process.pid}`
const nets = (...names: ReadonlyArray<keyof typeof outside>) => names.map((name) => `${outside[name].ip}/32`)

interface Recipe {
  readonly name: string
  readonly resources: ReadonlyArray<Resource>
  /** All that it denies. */
  readonly denies: ReadonlyArray<string>
}

const recipesFor = (lab: Lab, podNet: string): ReadonlyArray<Recipe> => {
  const nodes = [`${lab.node}/32`, ...nets('otherNode')]
  const strangers = ['internet', 'otherPod']
  const metadata = { protocol: 'TCP', destination: { nets: nets('metadata'), ports: [80] } } as const
  const mayNot = (...whats: ReadonlyArray<string>) =>
    [...strangers, 'client'].flatMap((who) => whats.map((what) => `${who} → ${what}`))
  const from = nets('office', 'otherNode')
  const nodePorts: Recipe = {
    name: 'nodePortsFrom',
    resources: [nodePortsFrom({ from, nodes: [`${lab.node}/32`] })],
    denies: mayNot('node port'),
  }
  const others: ReadonlyArray<Recipe> = [
    {
      name: 'metadataFromNodesOnly',
      resources: [metadataFromNodesOnly()],
      denies: ['client → metadata'],
    },
    {
      name: 'hostEgress',
      resources: [
        hostEgress({
          cluster: [...nodes, podNet],
          apiServer: { nets: nets('apiServer') },
          allow: [egress.allow(metadata)],
        }),
      ],
      denies: ['internet', 'internet, HTTPS', "the cloud's API server, another port"].map(
        (what) => `process → ${what}`,
      ),
    },
    {
      name: 'protectHosts',
      resources: [protectHosts({ from: [...nodes, ...nets('office')] })],
      denies: strangers.map((who) => `${who} → kubelet`),
    },
  ]
  const failsafe = failsafePortsFrom([...nodes, ...nets('office')])
  const configuration = resource('FelixConfiguration', 'node.lab', {
    failsafeInboundHostPorts: failsafe,
  })
  const each = [...others, nodePorts]
  return [
    ...others,
    {
      name: 'nodePortsFrom, without the addresses of nodes',
      resources: [nodePortsFrom({ from })],
      denies: mayNot('node port', 'high port of a pod'),
    },
    {
      name: 'all of them, with failsafePortsFrom',
      resources: [...each.flatMap(({ resources }) => resources), configuration],
      denies: [
        ...each.flatMap(({ denies }) => denies),
        ...strangers.flatMap((who) => [`${who} → SSH`, `${who} → etcd`]),
      ],
    },
  ]
}

interface Manifest {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
}

onLab('deny what they say and nothing else', async (lab) => {
  const podNet = lab.node.replace(/^198\.18\.(\d+)\..*$/, '198.19.$1.0/24')
  const list = async (...args: ReadonlyArray<string>): Promise<ReadonlyArray<Manifest>> => {
    const { stdout } = await lab.kubectl(['get', ...args, '-o', 'json'])
    return JSON.parse(stdout).items
  }
  const [node] = await list('nodes')
  if (node === undefined) return assert.unreachable('the lab has a node')
  const endpoint: Resource = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'HostEndpoint',
    metadata: {
      name: 'lab-auto-hep',
      labels: { ...node.metadata.labels, 'projectcalico.org/created-by': 'calico-kube-controllers' },
    },
    spec: {
      node: 'lab',
      interfaceName: '*',
      expectedIPs: [lab.node],
      profiles: ['projectcalico-default-allow'],
    },
  }
  const all = recipesFor(lab, podNet)
  const afterwards = lab.afterwards()
  afterwards.say('kubectl', 'delete', 'namespace', namespace, '--wait=false')
  afterwards.remove([...all.flatMap(({ resources }) => resources), endpoint])
  const outsiders = await lab.outsiders(Object.values(outside), servedOutside)
  try {
    await lab.kubectl(['create', 'namespace', namespace])
    const pods = await lab.pods([
      { namespace, name: 'web', labels: { name: 'web' }, serves: ['tcp/8001', 'tcp/30080'] },
      { namespace, name: 'client' },
      { namespace, name: 'process', serves: ['tcp/22', 'tcp/8001'], hostNetwork: true },
    ])
    const services = await startServices(lab, namespace, [{ name: 'web', behind: { pods: { name: 'web' } } }])
    const ways = waysAround({
      namespace,
      node: lab.node,
      web: pods[0]?.ip ?? '',
      nodePort: services.get('web')?.nodePort ?? 0,
    })
    const given = {
      nodes: [
        node,
        {
          apiVersion: 'v1',
          kind: 'Node',
          metadata: { name: 'other' },
          status: { addresses: [{ type: 'InternalIP', address: outside.otherNode.ip }] },
        },
      ],
      pods: [
        ...(await list('pods', '-n', namespace)),
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { namespace, name: 'otherPod' },
          spec: { nodeName: 'other', containers: [] },
          status: { podIP: outside.otherPod.ip },
        },
      ],
      namespaces: await list('namespaces', '--field-selector', `metadata.name=${namespace}`),
    }
    const worldWith = (resources: ReadonlyArray<Resource>): CompiledWorld =>
      orThrow(
        compile({
          ...given,
          resources: [
            ...resources,
            resource('KubeControllersConfiguration', 'default', {
              controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
            }),
            resource('FelixConfiguration', 'default', { defaultEndpointToHostAction: 'Accept' }),
          ],
        }),
      )
    const seen = async (): Promise<ReadonlyArray<string>> => {
      const answers = await tried(lab, { outsiders, pods }, [...ways.values()])
      return [...ways.keys()].filter((_, i) => decisionOf(answers[i]) === 'denied')
    }
    await becomes(seen, [])
    const put = async (...resources: ReadonlyArray<Resource>): Promise<void> => {
      const { code, stderr } = await lab.calicoctl(['apply', '-f', '-'], toYaml(...resources))
      assert.is(code, 0, stderr)
    }
    await put(endpoint)
    for (const { name, resources, denies } of all) {
      await put(...resources)
      const world = worldWith(resources)
      for (const [way, { flow }] of ways)
        assert.is(
          world.verdict(flow).decision,
          denies.includes(way) ? 'denied' : 'allowed',
          `${name}: ${way}\n${printVerdict(world.verdict(flow))}`,
        )
      const expected = [...ways.keys()].filter((way) => denies.includes(way))
      await becomes(seen, expected)
      console.log(`${name}: ${ways.size} probes, ${expected.length} denied`)
      const { code, stderr } = await lab.calicoctl(['delete', '-f', '-'], toYaml(...resources))
      assert.is(code, 0, stderr)
    }
  } finally {
    await afterwards.done()
    await outsiders.end()
  }
})

recipes.run()
