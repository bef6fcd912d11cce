// @alone
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow, type Resource, toYaml } from '../../src/index.js'
import { type CompiledWorld, compile, type PeerFlow, printVerdict } from '../../src/policy/index.js'
import { becomes } from './becomes.js'
import { decisionOf, type HostEnds, nameOf, type Probe, probesOf, serviceOf, tried } from './host-probes.js'
import { everywhere, failsafePorts, hostWorld, linkOf, tcpPorts, udpPorts } from './host-worlds.js'
import { type Lab, labTests, type Pod, type Port } from './lab.js'
import { startServices } from './services.js'

/*
 * What hosts let through, against real packets. Each world is a link of the node to something outside, with endpoints and
 * policies of its own; all of them are applied at once, and hold each other's answers no more than different nodes would.
 */
const packets = suite('verdicts of hosts, against real packets')
const onLab = await labTests(packets)

const worlds = Number(process.env.WORLDS ?? 40)
const seed = Number(process.env.SEED ?? 20)
const node = 'lab'
const owner = `hosts-${process.pid}`
const links = Array.from({ length: worlds }, (_, i) => linkOf(i))
const served: ReadonlyArray<Port> = [
  ...tcpPorts.map((port) => `tcp/${port}` as const),
  ...udpPorts.map((port) => `udp/${port}` as const),
]

/** The process on the node has the labels of a pod, and no selector finds it. */
const labels = { web: { role: 'web' }, api: { role: 'api' }, process: { role: 'web' } }
const names = ['web', 'api', 'process'] as const

const startPods = async (lab: Lab): Promise<readonly [Pod, Pod, Pod]> => {
  const specs = names.map((name) => ({
    namespace: owner,
    name,
    labels: { name, ...labels[name], space: owner },
    serves: served,
    hostNetwork: name === 'process',
  }))
  const [web, api, process] = await lab.pods(specs)
  if (web === undefined || api === undefined || process === undefined) throw new Error('there are three pods')
  return [web, api, process]
}

/** The lab, with these resources, as verdicts see it. */
const worldOf = (lab: Lab, pods: ReadonlyArray<Pod>, resources: ReadonlyArray<Resource>): CompiledWorld =>
  orThrow(
    compile({
      resources: [
        ...resources,
        {
          apiVersion: 'projectcalico.org/v3',
          kind: 'FelixConfiguration',
          metadata: { name: 'default' },
          spec: { defaultEndpointToHostAction: 'Accept' },
        },
      ],
      pods: pods.map(({ namespace, name, ip }, i) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace, name, labels: { ...labels[names[i] ?? 'web'], space: owner } },
        spec: { nodeName: node, containers: [], ...(name === 'process' ? { hostNetwork: true } : {}) },
        status: { podIP: ip },
      })),
      namespaces: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: owner } }],
      nodes: [
        {
          _tag: 'Node',
          name: node,
          interfaces: {
            eth0: [lab.node],
            ...Object.fromEntries(links.map((link) => [link.interface, [link.node]])),
          },
        },
      ],
    }),
  )

onLab(`predicts what a node lets through, in ${worlds} worlds at once`, async (lab) => {
  const podNet = lab.node.replace(/^198\.18\.(\d+)\..*$/, '198.19.$1.0/24')
  const sample = <A>(of: fc.Arbitrary<A>, i = 0): A => fc.sample(of, { seed: seed + i, numRuns: 1 })[0] as A
  const made = links.map((_, i) => sample(hostWorld(i, { podNet, owner, node }), i))
  const named = made.flat()
  const star = sample(everywhere(owner, node))
  const ports = sample(failsafePorts(node, podNet), 1)
  const afterwards = lab.afterwards()
  const apply = async (resources: ReadonlyArray<Resource>): Promise<void> => {
    afterwards.remove(resources)
    const { code, stderr } = await lab.calicoctl(['apply', '-f', '-'], toYaml(...resources))
    assert.is(code, 0, stderr)
  }
  afterwards.say('kubectl', 'delete', 'namespace', owner, '--wait=false')
  const outsiders = await lab.outsiders(links, served)
  try {
    await lab.kubectl(['create', 'namespace', owner])
    const pods = await startPods(lab)
    const [web, api, process] = pods
    const services = await startServices(lab, owner, [
      { name: serviceOf.pod, behind: { pods: { name: 'web' } } },
      { name: serviceOf.process, behind: { pods: { name: 'process' } } },
      ...links.map(({ ip }, i) => ({ name: serviceOf.outside(i), behind: { ip } })),
    ])
    const ends: HostEnds = { node, address: lab.node, pods: [web, api], process, services }
    const probes = links.flatMap((_, i) => probesOf(i, worlds, ends))
    const tell = ({ flow, target }: Probe): string => `${flow.from} → ${flow.to} by ${target}`
    await becomes(async () => {
      const seen = await tried(lab, { outsiders, pods }, probes)
      return probes.filter((_, i) => seen[i] !== 'reachable').map(tell)
    }, [])

    const holds = async (resources: ReadonlyArray<Resource>, what: string): Promise<void> => {
      const world = worldOf(lab, pods, resources)
      const predicted = probes.map(({ flow }) => world.verdict(flow).decision)
      assert.equal(
        probes
          .filter((_, i) => predicted[i] === 'unknown')
          .map(({ flow }) => printVerdict(world.verdict(flow))),
        [],
      )
      // By its name it is the same, or, since the node has other addresses, too, not known.
      const process = nameOf(ends.process)
      const byName = (end: PeerFlow['from']) => (`${end}`.startsWith('node:') ? process : end)
      for (const [i, { world: at, flow }] of probes.entries()) {
        if (at > 2) continue
        const { decision } = world.verdict({ ...flow, from: byName(flow.from), to: byName(flow.to) })
        assert.ok([predicted[i], 'unknown'].includes(decision), tell(probes[i] as Probe))
      }
      const wrong = async (): Promise<ReadonlyArray<string>> => {
        const seen = (await tried(lab, { outsiders, pods }, probes)).map(decisionOf)
        return probes.flatMap((probe, i) =>
          seen[i] === predicted[i]
            ? []
            : [
                `${what}, world ${probe.world}, seed ${seed}: ${tell(probe)} is ${seen[i]}, not\n${printVerdict(world.verdict(probe.flow))}\n${toYaml(...(made[probe.world] ?? []))}`,
              ],
        )
      }
      await becomes(wrong, [])
      const denied = predicted.filter((it) => it === 'denied').length
      console.log(`${what}: ${probes.length} probes, ${denied} denied`)
    }
    await apply(named)
    await holds(named, 'named endpoints')
    await apply(star)
    await holds([...named, ...star], 'with one for all interfaces')
    await apply(ports)
    await holds([...named, ...star, ...ports], 'with other failsafe ports')
  } finally {
    await afterwards.done()
    await outsiders.end()
  }
})

packets.run()
