import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubernetesPolicies } from './generate/kubernetes.js'
import { manifests } from './generate/manifest.js'
import { openOracle } from './oracle.js'

const size = { count: 3_000, seed: 7 }
/** Kinds that calicoctl creates; the others are there to be refused. */
const created = [
  ...[
    'NetworkPolicy',
    'GlobalNetworkPolicy',
    'NetworkSet',
    'GlobalNetworkSet',
    'HostEndpoint',
    'IPPool',
    'BGPPeer',
  ],
  ...['IPReservation', 'BGPConfiguration', 'BGPFilter', 'FelixConfiguration', 'KubeControllersConfiguration'],
]

const oracle = await openOracle()
if (oracle !== undefined) {
  const generators = suite('the generators')
  generators.after(() => oracle.close())

  const sample = async (): Promise<ReadonlyArray<string>> => {
    const [known] = await oracle.ask([{ op: 'kinds' }])
    return known?.ok ? manifests(known.kinds, size) : []
  }

  generators('give the same files for the same seed', async () => {
    assert.equal(await sample(), await sample())
    assert.equal(kubernetesPolicies(size), kubernetesPolicies(size))
  })

  generators(
    'give files of every kind that calicoctl creates, and files that it refuses at every stage',
    async () => {
      const answers = await oracle.ask((await sample()).map((doc) => ({ op: 'validate' as const, doc })))
      const accepted = answers.flatMap((answer) =>
        answer.ok ? answer.canonical.map(({ kind }) => kind) : [],
      )
      assert.equal(
        created.filter((kind) => !accepted.includes(kind)),
        [],
      )
      const stages = new Set(answers.map((answer) => (answer.ok ? 'accepted' : answer.stage)))
      assert.equal([...stages].sort(), ['accepted', 'input', 'panic', 'parse', 'resource'])
      assert.ok(accepted.length > size.count / 4, `${accepted.length} accepted`)
    },
  )

  generators.run()
}
