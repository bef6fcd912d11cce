import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { agree, type Disagreement } from './disagreement.js'
import { type Case, hostCases, podCases, type Sample } from './generate/world/case.js'
import { type Judgement, judge, tallyOf } from './judgement.js'
import { type Oracle, oracleTests } from './oracle.js'
import { allOurs, ourVerdicts } from './our-verdicts.js'
import { hostFlows, podFlows, rounds } from './size.js'
import { wayThere } from './way-there.js'

/** Every way in which a pod's chains decide. */
const podKinds = ['e', 'i'].flatMap((place) =>
  ['policy:a', 'policy:d', 'policy:p', 'end:d', 'profile:a'].map((decided) => `${place}:${decided}`),
)
/** And a host's: what is asked before connections are tracked, before DNAT, on the way through, and at the host. */
const hostKinds = [
  ...['ri', 're', 'mi', 'fi', 'fe', 'hi', 'he'].flatMap((place) =>
    ['policy:a', 'policy:d', 'policy:p'].map((decided) => `${place}:${decided}`),
  ),
  ...['fi:end:d', 'fe:end:d', 'hi:end:d', 'he:end:d', 'hi:profile:a', 'he:profile:a', 'hi:profile:d'],
  ...['mi:failsafe:a', 'hi:failsafe:a', 'he:failsafe:a', 'he:profile:d'],
  ...['a', 'd', 'r'].map((action) => `th:DefaultEndpointToHostAction:${action}`),
]

/** Of 1,000 flows, how many at least meet the rarest kind of decision. */
const rarest = { pods: 10, hosts: 0.1 }

/** Of so many flows, one world may be left out because the oracle's two opinions differ: there it says nothing. */
const leftOut = 1 / 10_000

const conformance = suite('what policies do to flows')
const asked = await oracleTests(conformance)

/** What Calico says of a sample, if it says so much that it is worth comparing. */
const judged = async (
  oracle: Oracle,
  flows: number,
  generate: (sample: Sample) => ReadonlyArray<Case>,
  wanted: { readonly kinds: ReadonlyArray<string>; readonly rarest: number },
): Promise<Judgement['judged']> => {
  const found: Array<Judgement> = []
  for (const { count, seed } of rounds(flows)) {
    found.push(await judge(oracle, generate({ seed, flows: count })))
  }
  assert.equal(
    found.flatMap(({ refused }) => refused),
    [],
  )
  const differing = found.flatMap(({ differing }) => differing)
  assert.ok(differing.length <= flows * leftOut, `the oracle's two opinions differ:\n${differing.join('\n')}`)
  const cases = found.flatMap(({ judged }) => judged)
  const tally = tallyOf(cases.flatMap(({ expected }) => expected))
  console.log(tally, `${differing.length} worlds left out`)
  const least = (flows / 1_000) * wanted.rarest
  assert.equal(
    wanted.kinds.filter((kind) => (tally[kind] ?? 0) < least),
    [],
    `kinds of decision that fewer than ${least} flows meet`,
  )
  return cases
}

const disagreements = ({
  world,
  flows,
  expected,
}: Judgement['judged'][number]): ReadonlyArray<Disagreement> => {
  const ours = ourVerdicts({ world, flows })
  return flows.flatMap((flow, i) => {
    const calico = expected[i] ?? ''
    const same = ours[i] === (calico.startsWith('+') ? 'allowed' : 'denied')
    return same
      ? []
      : [{ id: JSON.stringify(flow), input: JSON.stringify(world), calico, ours: ours[i] ?? 'nothing' }]
  })
}

asked(`agrees with Calico in ${podFlows} generated flows of pods`, async (oracle) => {
  const wanted = { kinds: ['e:encapsulated:d', ...podKinds], rarest: rarest.pods }
  const cases = await judged(oracle, podFlows, podCases, wanted)
  agree(podFlows, cases.flatMap(disagreements))
})

/** As decided, and by the same chains, rules and failsafe ports in the same order. */
const waysApart = ({ world, flows, expected }: Judgement['judged'][number]): ReadonlyArray<Disagreement> => {
  const ours = allOurs({ world, flows })
  return flows.flatMap((flow, i) => {
    const [calico = '', verdict] = [expected[i], ours[i]]
    // What is decided before any chain is asked, and between pods where hosts have no say, has no ways to compare.
    if (verdict?.chains === undefined) return []
    const way = wayThere(world, flow, verdict)
    return way === calico
      ? []
      : [{ id: JSON.stringify(flow), input: JSON.stringify(world), calico, ours: way }]
  })
}

asked(
  `agrees with Calico in ${hostFlows} generated flows of hosts and pods, and on the way there`,
  async (oracle) => {
    const wanted = { kinds: [...podKinds, ...hostKinds], rarest: rarest.hosts }
    const cases = await judged(oracle, hostFlows, hostCases, wanted)
    agree(hostFlows, cases.flatMap(disagreements))
    agree(hostFlows, cases.flatMap(waysApart))
  },
)

conformance.run()
