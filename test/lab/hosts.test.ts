// @alone
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow, type Resource, toYaml } from '../../src/index.js'
import { type CompiledWorld, compile, printVerdict } from '../../src/policy/index.js'
import { becomes } from './becomes.js'
import { everywhere, hostWorld, linkOf, tcpPorts, udpPorts } from './host-worlds.js'
import { type Lab, labTests, type Pod } from './lab.js'
import type { Outsiders } from './outsiders.js'
import type { Port, Target } from './pods.js'

/*
 * What hosts let through, against real packets. Each world is a link of the node to something outside, with endpoints and
 * policies of its own; all of them are applied at once, and hold each other's answers no more than different nodes would.
 */
const packets = suite('verdicts of hosts, against real packets')
const onLab = await labTests(packets)

const worlds = Number(process.env.WORLDS ?? 40)
const seed = Number(process.env.SEED ?? 17)
const node = 'lab'
const owner = `hosts-${process.pid}`
const served: ReadonlyArray<Port> = [
  ...tcpPorts.map((port) => `tcp/${port}` as const),
  ...udpPorts.map((port) => `udp/${port}` as const),
]

interface Probe {
  readonly world: number
  readonly from: string
  readonly to: string
  readonly protocol: 'TCP' | 'UDP'
  readonly port: number
  readonly target: Target
  readonly beforeDNAT?: { readonly ip: string; readonly port: number }
}

const probesTo = (world: number, from: string, to: string, ip: string): ReadonlyArray<Probe> => [
  ...tcpPorts.map(
    (port) => ({ world, from, to, protocol: 'TCP', port, target: `tcp/${ip}:${port}` }) as const,
  ),
  ...udpPorts.map(
    (port) => ({ world, from, to, protocol: 'UDP', port, target: `udp/${ip}:${port}` }) as const,
  ),
]

/** A node answers UDP from the address that it would send from, which is another one if it was asked at another one. */
const isTCP = ({ protocol }: Probe): boolean => protocol === 'TCP'

/** All that is tried in a world: in both directions between its outside and the node, and through it to and from pods. */
const probesOf = (
  world: number,
  lab: Lab,
  pods: ReadonlyArray<Pod>,
  nodePort: number,
): ReadonlyArray<Probe> => {
  const { ip, node: address, interface: iface } = linkOf(world)
  const [first, ...others] = pods.map((pod) => ({ name: `${pod.namespace}/${pod.name}`, ip: pod.ip }))
  if (first === undefined) return []
  return [
    ...probesTo(world, ip, `node:${node}/${iface}`, address),
    ...probesTo(world, ip, lab.node, lab.node).filter(isTCP),
    ...[first, ...others].flatMap((pod) => probesTo(world, ip, pod.name, pod.ip)),
    ...probesTo(world, `node:${node}/${iface}`, ip, ip),
    ...[first, ...others].flatMap((pod) => probesTo(world, pod.name, ip, ip)),
    ...probesTo(world, first.name, `node:${node}/${iface}`, address).filter(isTCP),
    {
      world,
      from: ip,
      to: first.name,
      protocol: 'TCP',
      port: 8001,
      target: `tcp/${lab.node}:${nodePort}`,
      beforeDNAT: { ip: lab.node, port: nodePort },
    },
  ]
}

const sourceOf = ({ from, world }: Probe): string =>
  from.includes('/') ? (from.startsWith('node:') ? 'node' : from) : `outside ${world}`

/** What becomes of all probes, tried at once from each end. */
const tried = async (
  lab: Lab,
  outsiders: Outsiders,
  pods: ReadonlyArray<Pod>,
  probes: ReadonlyArray<Probe>,
) => {
  const groups = new Map<string, Array<Probe>>()
  for (const probe of probes) {
    const group = groups.get(sourceOf(probe)) ?? []
    groups.set(sourceOf(probe), group)
    group.push(probe)
  }
  const found = new Map<Probe, string>()
  await Promise.all(
    [...groups].map(async ([source, group]) => {
      const targets = group.map(({ target }) => target)
      const pod = pods.find(({ namespace, name }) => `${namespace}/${name}` === source)
      const answers =
        pod !== undefined || source === 'node'
          ? await lab.probe(pod ?? 'node', ...targets)
          : await outsiders.probe(Number(source.split(' ')[1]), ...targets)
      group.forEach((probe, i) => {
        found.set(probe, answers[i] === 'reachable' ? 'allowed' : 'denied')
      })
    }),
  )
  return probes.map((probe) => found.get(probe))
}

const ask = (world: CompiledWorld, { world: i, from, to, protocol, port, beforeDNAT }: Probe) =>
  world.verdict({
    from,
    to,
    protocol,
    port,
    sourcePort: 40000,
    interface: linkOf(i).interface,
    ...(beforeDNAT === undefined ? {} : { beforeDNAT }),
  })

onLab(`predicts what a node lets through, in ${worlds} worlds at once`, async (lab) => {
  const namespace = owner
  const links = Array.from({ length: worlds }, (_, i) => linkOf(i))
  const podNet = lab.node.replace(/^198\.18\.(\d+)\..*$/, '198.19.$1.0/24')
  const made = Array.from({ length: worlds }, (_, i) =>
    fc.sample(hostWorld(i, { podNet, owner, node }), { seed: seed + i, numRuns: 1 }).flat(),
  )
  const all = made.flat()
  const outsiders = await lab.outsiders(links, served)
  const remove = (resources: ReadonlyArray<Resource>) =>
    lab.calicoctl(['delete', '--skip-not-exists', '-f', '-'], toYaml(...resources))
  let applied: ReadonlyArray<Resource> = []
  try {
    await lab.kubectl(['create', 'namespace', namespace])
    const pods = await lab.pods(
      (['web', 'api'] as const).map((name) => ({
        namespace,
        name,
        labels: { role: name, space: owner },
        serves: served,
      })),
    )
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace },
      spec: { type: 'NodePort', selector: { role: 'web' }, ports: [{ port: 80, targetPort: 8001 }] },
    }
    await lab.kubectl(['create', '-f', '-'], JSON.stringify(service))
    const { stdout } = await lab.kubectl([
      'get',
      'service',
      'web',
      '-n',
      namespace,
      '-o',
      'jsonpath={.spec.ports[0].nodePort}',
    ])
    const probes = links.flatMap((_, i) => probesOf(i, lab, pods, Number(stdout)))
    await becomes(async () => {
      const seen = await tried(lab, outsiders, pods, probes)
      return probes.filter((_, i) => seen[i] !== 'allowed').map((it) => `${it.from} → ${it.target}`)
    }, [])

    const worldOf = (resources: ReadonlyArray<Resource>): CompiledWorld =>
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
          pods: pods.map((pod, i) => ({
            _tag: 'Workload',
            namespace,
            name: pod.name,
            labels: { role: i === 0 ? 'web' : 'api', space: owner },
            namespaceLabels: {},
            serviceAccount: 'default',
            serviceAccountLabels: {},
            namedPorts: [],
            ip: pod.ip,
            node,
          })),
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
    const holds = async (resources: ReadonlyArray<Resource>, what: string): Promise<void> => {
      const world = worldOf(resources)
      const predicted = probes.map((probe) => ask(world, probe).decision)
      assert.equal(predicted.filter((it) => it === 'unknown').length, 0)
      const describe = (seen: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
        probes.flatMap((probe, i) =>
          seen[i] === predicted[i]
            ? []
            : [
                `${what}, seed ${seed}: ${probe.from} → ${probe.to} by ${probe.target} is ${seen[i]}, not\n${printVerdict(ask(world, probe))}\n${toYaml(...(made[probe.world] ?? []))}`,
              ],
        )
      await becomes(async () => describe(await tried(lab, outsiders, pods, probes)), [])
      console.log(
        `${what}: ${probes.length} probes, ${predicted.filter((it) => it === 'denied').length} denied`,
      )
    }
    applied = all
    const first = await lab.calicoctl(['apply', '-f', '-'], toYaml(...all))
    assert.is(first.code, 0, first.stderr)
    await holds(all, 'named endpoints')

    const [star = []] = fc.sample(everywhere(owner, node), { seed, numRuns: 1 })
    applied = [...star, ...all]
    const second = await lab.calicoctl(['apply', '-f', '-'], toYaml(...star))
    assert.is(second.code, 0, second.stderr)
    await holds(applied, 'with one for all interfaces')
  } finally {
    // What may shut the node goes first.
    await remove(applied.filter(({ kind }) => kind === 'HostEndpoint'))
    await remove(applied.filter(({ kind }) => kind !== 'HostEndpoint'))
    await outsiders.end()
    await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
  }
})

packets.run()
