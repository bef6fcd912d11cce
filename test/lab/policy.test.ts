// @alone
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  globalNetworkPolicy,
  globalNetworkSet,
  networkPolicy,
  type Resource,
  toYaml,
} from '../../src/index.js'
import { connectivity } from '../../src/policy/connectivity/connectivity.js'
import { verdict } from '../../src/policy/evaluate/verdict.js'
import { decisionsOf } from '../policy/membership.js'
import { becomes } from './becomes.js'
import { labTests, type Pod, to } from './lab.js'

const prediction = suite('verdict and connectivity, against real packets')
const onLab = await labTests(prediction)

const spaces = [`verdict-a-${process.pid}`, `verdict-b-${process.pid}`] as const
const roles = ['web', 'api'] as const
const ports = [80, 81] as const
const rounds = 12

const match = fc.record(
  {
    protocol: fc.constantFrom('TCP' as const),
    source: fc.record(
      {
        selector: fc.constantFrom(
          "role == 'web'",
          "role != 'web'",
          'has(role)',
          "role in {'api'}",
          '!has(role)',
        ),
        namespaceSelector: fc.constantFrom('all()', 'global()', `projectcalico.org/name == '${spaces[1]}'`),
      },
      { requiredKeys: [] },
    ),
    destination: fc.record({ ports: fc.constantFrom([80], ['80:81'], [81]) }),
  },
  { requiredKeys: ['protocol'] },
)

const add = <B extends ReturnType<typeof networkPolicy> | ReturnType<typeof globalNetworkPolicy>>(
  builder: B,
  rules: ReadonlyArray<readonly [string, object]>,
): Resource => {
  const made = rules.map(([action, fields]) => ({ action, ...fields }))
  return { ...builder, spec: { ...builder.spec, types: ['Ingress'], ingress: made } } as unknown as Resource
}

const rules = fc.array(fc.tuple(fc.constantFrom('Allow', 'Deny', 'Log', 'Pass'), match), { maxLength: 3 })
const order = fc.integer({ min: 1, max: 5 })
const world = fc
  .tuple(order, rules, order, rules, fc.constantFrom(...roles))
  .map(([a, first, b, second, role]) => [
    add(networkPolicy('np', spaces[0]).order(a).selector(`role == '${role}'`), first),
    add(
      globalNetworkPolicy(`gnp-${spaces[0]}`)
        .order(b)
        .selector(`projectcalico.org/namespace in {'${spaces[0]}', '${spaces[1]}'}`),
      second,
    ),
  ])

const nameOf = ({ namespace, name }: Pod): string => `${namespace}/${name}`

const asWorkload = (pod: Pod, role: string) =>
  ({ _tag: 'Workload', namespace: pod.namespace, labels: { role }, ip: pod.ip }) as const

/** What the i-th pod is made to reach: each port of all the others. */
const targetsOf = (pods: ReadonlyArray<Pod>, i: number) =>
  pods.flatMap((pod, j) => (i === j ? [] : ports.map((port) => ({ pod, port, role: roles[j % 2] ?? '' }))))

onLab(`predicts what Felix lets through, for ${rounds} random sets of policies`, async (lab) => {
  const specs = spaces.flatMap((namespace) =>
    roles.map((role) => ({
      namespace,
      name: role,
      labels: { role },
      serves: ports.map((port) => `tcp/${port}` as const),
    })),
  )
  try {
    for (const name of spaces) await lab.kubectl(['create', 'namespace', name])
    const pods = await lab.pods(specs)
    const seed = Number(process.env.SEED ?? 7)
    for (const [round, resources] of fc.sample(world, { numRuns: rounds, seed }).entries()) {
      const yaml = toYaml(...resources)
      const applied = await lab.calicoctl(['apply', '-f', '-'], yaml)
      assert.is(applied.code, 0, applied.stderr)
      const all = connectivity(
        resources,
        Object.fromEntries(pods.map((pod, i) => [nameOf(pod), asWorkload(pod, roles[i % 2] ?? '')])),
      )
      const flows = pods.flatMap((from, i) => targetsOf(pods, i).map((target) => ({ from, i, ...target })))
      const predicted = flows.map(({ from, i, pod, port, role }) => {
        const where = `${nameOf(from)} to ${nameOf(pod)}:${port}`
        const packet = { protocol: 'TCP', port } as const
        const ends = { from: asWorkload(from, roles[i % 2] ?? ''), to: asWorkload(pod, role) }
        const { decision } = verdict(resources, { ...ends, ...packet })
        const sent = { from: nameOf(from), to: nameOf(pod), packet }
        assert.equal(decisionsOf(all, sent), [decision], `round ${round}: ${where}\n${yaml}`)
        return `${where} ${decision}`
      })
      const seen = () =>
        Promise.all(
          pods.map(async (from, i) => {
            const targets = targetsOf(pods, i)
            const answers = await lab.probe(from, ...targets.map(({ pod, port }) => to(pod, `tcp/${port}`)))
            return targets.map(({ pod, port }, k) => {
              const decision = answers[k] === 'reachable' ? 'allowed' : 'denied'
              return `${nameOf(from)} to ${nameOf(pod)}:${port} ${decision}`
            })
          }),
        )
      const told = (flows: ReadonlyArray<string>) => ({ round, yaml, flows })
      await becomes(async () => told((await seen()).flat()), told(predicted))
      await lab.calicoctl(['delete', '-f', '-'], yaml)
    }
  } finally {
    await lab.calicoctl(['delete', 'globalnetworkpolicy', `gnp-${spaces[0]}`, '--skip-not-exists'])
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
