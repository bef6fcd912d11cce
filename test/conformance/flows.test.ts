import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Case, hostCases, podCases, type Sample } from './generate/world/case.js'
import { judge, tallyOf } from './judgement.js'
import { type Oracle, oracleTests } from './oracle.js'
import { ourVerdicts } from './our-verdicts.js'
import { hostFlows, podFlows, rounds } from './size.js'

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

const agrees = async (
  oracle: Oracle,
  flows: number,
  generate: (sample: Sample) => ReadonlyArray<Case>,
  expectations: {
    readonly kinds: ReadonlyArray<string>
    readonly rarest: number
    readonly mayBeUnknown: boolean
  },
): Promise<void> => {
  const wrong: Array<string> = []
  const verdicts: Array<string> = []
  const differing: Array<string> = []
  const ours: Record<string, number> = {}
  for (const { count, seed } of rounds(flows)) {
    const judgement = await judge(oracle, generate({ seed, flows: count }))
    assert.equal(judgement.refused, [])
    differing.push(...judgement.differing)
    for (const { expected, ...asked } of judgement.judged) {
      verdicts.push(...expected)
      ourVerdicts(asked).forEach((decision, i) => {
        const calico = expected[i]?.startsWith('+') ? 'allowed' : 'denied'
        const fate = decision === calico ? 'agreed' : `${decision}, where Calico has it ${calico}`
        ours[fate] = (ours[fate] ?? 0) + 1
        if (decision !== calico && !(decision === 'unknown' && expectations.mayBeUnknown))
          wrong.push(`${fate}: ${JSON.stringify(asked.flows[i])} in ${JSON.stringify(asked.world)}`)
      })
    }
  }
  const tally = tallyOf(verdicts)
  console.log(tally, ours, `${differing.length} worlds left out`)
  assert.ok(differing.length <= flows * leftOut, `the oracle's two opinions differ:\n${differing.join('\n')}`)
  assert.equal(wrong.slice(0, 3), [], `${wrong.length} of ${verdicts.length} decisions are not Calico's`)
  const least = (flows / 1_000) * expectations.rarest
  assert.equal(
    expectations.kinds.filter((kind) => (tally[kind] ?? 0) < least),
    [],
    `kinds of decision that fewer than ${least} flows meet`,
  )
}

asked(`in ${podFlows} generated flows of pods`, (oracle) =>
  agrees(oracle, podFlows, podCases, {
    kinds: ['e:encapsulated:d', ...podKinds],
    rarest: rarest.pods,
    mayBeUnknown: false,
  }),
)

asked(`in ${hostFlows} generated flows of hosts and pods`, (oracle) =>
  agrees(oracle, hostFlows, hostCases, {
    kinds: [...podKinds, ...hostKinds],
    rarest: rarest.hosts,
    mayBeUnknown: true,
  }),
)

conformance.run()
