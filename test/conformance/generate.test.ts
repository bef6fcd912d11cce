import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubernetesPolicies } from './generate/kubernetes.js'
import { manifests } from './generate/manifest.js'
import { type Oracle, oracleTests } from './oracle.js'

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

const generators = suite('the generators')
const asked = await oracleTests(generators)

const sample = async (oracle: Oracle): Promise<ReadonlyArray<string>> => {
  const [known] = await oracle.ask([{ op: 'kinds' }])
  return known?.ok ? manifests(known.kinds, size) : []
}

asked('give the same files for the same seed', async (oracle) => {
  assert.equal(await sample(oracle), await sample(oracle))
  assert.equal(kubernetesPolicies(size), kubernetesPolicies(size))
})

asked(
  'give files of every kind that calicoctl creates, and files that it refuses at every stage',
  async (oracle) => {
    const answers = await oracle.ask((await sample(oracle)).map((doc) => ({ op: 'validate' as const, doc })))
    const accepted = answers.flatMap((answer) => (answer.ok ? answer.canonical.map(({ kind }) => kind) : []))
    assert.equal(
      created.filter((kind) => !accepted.includes(kind)),
      [],
    )
    const stages = answers.map((answer) => (answer.ok ? 'accepted' : answer.stage))
    for (const stage of ['accepted', 'input', 'parse', 'resource'] as const)
      assert.ok(stages.includes(stage), stage)
    assert.ok(accepted.length > size.count / 4, `${accepted.length} accepted`)
  },
)

generators.run()
