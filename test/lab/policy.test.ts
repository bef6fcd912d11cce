// @alone
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  globalNetworkPolicy,
  globalNetworkSet,
  networkPolicy,
  orThrow,
  type Resource,
  toYaml,
} from '../../src/index.js'
import { compile } from '../../src/policy/compile.js'
import { connectivity } from '../../src/policy/connectivity/connectivity.js'
import { verdict } from '../../src/policy/evaluate/verdict.js'
import { decisionsOf } from '../policy/membership.js'
import { becomes } from './becomes.js'
import { labTests, type Pod, to } from './lab.js'

const prediction = suite('verdict and connectivity, against real packets')
const onLab = await labTests(prediction)

const spaces = [`verdict-a-${process.pid}`, `verdict-b-${process.pid}`] as const
const roles = ['web', 'api', 'db'] as const
const worlds = 40
const seed = Number(process.env.SEED ?? 7)

/** Each world is about a port of its own, so that all of them hold at once. */
const portOf = (world: number): number => 9000 + world

const selector = fc.constantFrom(
  "role == 'web'",
  "role != 'web'",
  'has(role)',
  "role in {'api', 'db'}",
  '!has(role)',
)
const end = fc.record(
  {
    selector,
    notSelector: fc.constantFrom("role == 'db'", "role == 'web'"),
    namespaceSelector: fc.constantFrom('all()', 'global()', `projectcalico.org/name == '${spaces[1]}'`),
  },
  { requiredKeys: [] },
)
const ruleOf = (port: number) =>
  fc
    .record({
      action: fc.constantFrom('Allow', 'Allow', 'Deny', 'Log', 'Pass'),
      source: fc.oneof(fc.constant({}), end),
      destination: fc.oneof(fc.constant({}), end),
    })
    .map(({ destination, ...rest }) => ({
      ...rest,
      protocol: 'TCP' as const,
      destination: { ...destination, ports: [port] },
    }))

type Built = ReturnType<typeof networkPolicy> | ReturnType<typeof globalNetworkPolicy>

const add = (builder: Built, spec: object): Resource =>
  ({ ...builder, spec: { ...builder.spec, ...spec } }) as unknown as Resource

const mine = `projectcalico.org/namespace in {'${spaces[0]}', '${spaces[1]}'}`

const worldOf = (world: number): fc.Arbitrary<ReadonlyArray<Resource>> => {
  const rules = fc.array(ruleOf(portOf(world)), { minLength: 1, maxLength: 3 })
  const spec = fc.record({
    types: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: rules,
    egress: rules,
  })
  const order = fc.integer({ min: 1, max: 5 })
  return fc
    .tuple(order, spec, order, spec, fc.constantFrom(...roles), fc.boolean())
    .map(([a, first, b, second, role, isOpen]) => [
      add(networkPolicy(`np-${world}`, spaces[0]).order(a).selector(`role == '${role}'`), first),
      add(globalNetworkPolicy(`gnp-${world}-${spaces[0]}`).order(b).selector(mine), second),
      // What no rule of a world decides, is decided otherwise in every other world.
      ...(isOpen
        ? [
            globalNetworkPolicy(`rest-${world}-${spaces[0]}`)
              .order(9)
              .selector(mine)
              .allowIngress({ protocol: 'TCP', destination: { ports: [portOf(world)] } })
              .allowEgress({ protocol: 'TCP', destination: { ports: [portOf(world)] } }),
          ]
        : []),
    ])
}

const nameOf = ({ namespace, name }: Pod): string => `${namespace}/${name}`

const asWorkload = (pod: Pod, role: string) =>
  ({ _tag: 'Workload', namespace: pod.namespace, labels: { role }, ip: pod.ip }) as const

onLab(`predicts what Felix lets through, in ${worlds} random worlds`, async (lab) => {
  const specs = spaces.flatMap((namespace) =>
    roles.map((role) => ({
      namespace,
      name: role,
      labels: { role },
      serves: Array.from({ length: worlds }, (_, i) => `tcp/${portOf(i)}` as const),
    })),
  )
  const made = Array.from({ length: worlds }, (_, i) =>
    fc.sample(worldOf(i), { numRuns: 1, seed: seed + i }).flat(),
  )
  const resources = made.flat()
  try {
    for (const name of spaces) await lab.kubectl(['create', 'namespace', name])
    const pods = await lab.pods(specs)
    const roleOf = (pod: Pod): string => pod.name
    const applied = await lab.calicoctl(['apply', '-f', '-'], toYaml(...resources))
    assert.is(applied.code, 0, applied.stderr)
    const ends = Object.fromEntries(pods.map((pod) => [nameOf(pod), asWorkload(pod, roleOf(pod))]))
    const all = connectivity(resources, ends)
    const flows = pods.flatMap((from) =>
      pods.flatMap((pod) =>
        from === pod ? [] : made.map((world, i) => ({ from, pod, world, i, port: portOf(i) })),
      ),
    )
    const compiled = orThrow(compile({ resources }))
    const predicted = flows.map(({ from, pod, port }) => {
      const packet = { protocol: 'TCP', port } as const
      const flow = { from: asWorkload(from, roleOf(from)), to: asWorkload(pod, roleOf(pod)), ...packet }
      const { decision } = compiled.verdict(flow)
      const sent = { from: nameOf(from), to: nameOf(pod), packet }
      assert.equal(decisionsOf(all, sent), [decision])
      return decision
    })
    const seen = async () => {
      const answers = await Promise.all(
        pods.map((from) =>
          lab.probe(
            from,
            ...flows.filter((it) => it.from === from).map(({ pod, port }) => to(pod, `tcp/${port}`)),
          ),
        ),
      )
      return answers.flat().map((answer) => (answer === 'reachable' ? 'allowed' : 'denied'))
    }
    await becomes(async () => {
      const found = await seen()
      return flows.flatMap(({ from, pod, world, i, port }, k) =>
        found[k] === predicted[k]
          ? []
          : [
              `world ${i}, seed ${seed}: ${nameOf(from)} to ${nameOf(pod)}:${port} is ${found[k]}, not ${predicted[k]}\n${toYaml(...world)}`,
            ],
      )
    }, [])
    console.log(`${flows.length} probes, ${predicted.filter((it) => it === 'denied').length} denied`)
  } finally {
    await lab.calicoctl(['delete', '--skip-not-exists', '-f', '-'], toYaml(...resources))
    await lab.kubectl(['delete', 'namespace', ...spaces, '--wait=false'])
  }
})

onLab('finds a pod in a labelled network by its address, as Felix does', async (lab) => {
  const namespace = `verdict-set-${process.pid}`
  const specs = (['web', 'api'] as const).map((name) => ({
    namespace,
    name,
    labels: { role: name },
    serves: ['tcp/80' as const],
  }))
  const set = `${namespace}-web`
  try {
    await lab.kubectl(['create', 'namespace', namespace])
    const [web, api] = await lab.pods(specs)
    if (web === undefined || api === undefined) return assert.unreachable('two pods were asked for')
    const resources = [
      globalNetworkSet(set).labels({ who: set }).nets(`${web.ip}/32`),
      globalNetworkPolicy(set)
        .selector(`projectcalico.org/namespace == '${namespace}' && role == 'api'`)
        .denyIngress({ source: { selector: `who == '${set}'` } })
        .allowIngress(),
    ]
    await becomes(() => lab.probe(web, to(api, 'tcp/80')), ['reachable'])
    const applied = await lab.calicoctl(['apply', '-f', '-'], toYaml(...resources))
    assert.is(applied.code, 0, applied.stderr)
    const flow = {
      from: asWorkload(web, 'web'),
      to: asWorkload(api, 'api'),
      protocol: 'TCP',
      port: 80,
    } as const
    assert.is(verdict(resources, flow).decision, 'denied')
    await becomes(() => lab.probe(web, to(api, 'tcp/80')), ['timed out'])
  } finally {
    await lab.calicoctl(['delete', 'globalnetworkpolicy', set, '--skip-not-exists'])
    await lab.calicoctl(['delete', 'globalnetworkset', set, '--skip-not-exists'])
    await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
  }
})

prediction.run()
