/**
 * One large world each, in a process of its own, which prints what it took: processor seconds, and the most memory that it had.
 * `compiled.ts` starts it.
 */
import { orThrow } from '../../src/error.js'
import { compile } from '../../src/policy/compile.js'
import { nameOf, podsOf, resourcesOf } from './cluster.js'

/** What a part of the work took, in milliseconds of the processor. */
const took = <A>(run: () => A): readonly [A, number] => {
  const from = process.cpuUsage()
  const made = run()
  const { user, system } = process.cpuUsage(from)
  return [made, (user + system) / 1e3]
}

const connectivity = (): Readonly<Record<string, number>> => {
  const [resources, pods] = [resourcesOf(1_000), podsOf(10_000, { namespaces: 50, hasEnv: false })]
  const [classes, ms] = took(() => {
    const whole = orThrow(compile({ resources, pods })).connectivity()
    for (const _ of whole.connections());
    return whole.classes.length
  })
  return { classes, ms }
}

const compiling = (): Readonly<Record<string, number>> => {
  const [resources, pods] = [resourcesOf(10_000), podsOf(100_000, { namespaces: 40, hasEnv: true })]
  const [one = resources[0], two] = resources
  if (one === undefined || two === undefined) return {}
  const flow = {
    from: 'team-0/pod-0',
    to: 'team-1/pod-1',
    protocol: 'TCP',
    port: 443,
    sourcePort: 1,
  } as const
  const [world, ms] = took(() => {
    const made = orThrow(compile({ resources, pods }))
    made.verdict(flow)
    return made
  })
  const [classes, classMs] = took(() => world.connectivity().classes.length)
  const times = 20
  const [, changes] = took(() => {
    for (let i = 0; i < times; i++) {
      const metadata = { ...one.metadata, name: `more-${i}` }
      orThrow(world.with({ put: [{ ...one, metadata }] }))
    }
  })
  const [, podChanges] = took(() => {
    for (let i = 0; i < times; i++) {
      const more = { ...(pods[0] ?? { _tag: 'Workload' as const, namespace: '' }), name: `more-${i}` }
      orThrow(world.with({ put: [more] }))
    }
  })
  const [, asked] = took(() => {
    for (let i = 0; i < times; i++)
      orThrow(world.with({ put: [{ ...two, metadata: { ...two.metadata, name: `more-${i}` } }] })).verdict(
        flow,
      )
  })
  return {
    ms,
    classes,
    classMs,
    policyMs: changes / times,
    podMs: podChanges / times,
    askedMs: asked / times,
  }
}

const replay = (): Readonly<Record<string, number>> => {
  const pods = podsOf(3_000, { namespaces: 41, hasEnv: true })
  const names = pods.map(nameOf)
  const world = orThrow(compile({ resources: resourcesOf(1_000), pods }))
  const flows = 1_000_000
  const packets = [
    ['TCP', 443],
    ['TCP', 8_090],
    ['UDP', 53],
    ['TCP', 9_005],
  ] as const
  let seed = 1
  const counts = { allowed: 0, denied: 0, unknown: 0 }
  const [, ms] = took(() => {
    for (let i = 0; i < flows; i++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      const [from = '', to = ''] = [names[seed % 3_000], names[Math.floor(seed / 3_000) % 3_000]]
      const [protocol, port] = packets[i % packets.length] ?? (['TCP', 443] as const)
      counts[world.verdict({ from, to, protocol, port, sourcePort: 40_000 }).decision]++
    }
  })
  return { ms, ...counts }
}

const works = { connectivity, compiling, replay } as const
const work = works[process.argv[2] as keyof typeof works]
console.log(JSON.stringify({ ...work(), mebibytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
