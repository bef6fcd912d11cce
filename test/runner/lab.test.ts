// @lab
import { join } from 'node:path'
import { suite, type Test } from 'uvu'
import { ensure } from '../lab/cached.js'
import { labTests } from '../lab/lab.js'
import { placeOf } from '../lab/place.js'
import { calicoNode } from '../lab/products.js'
import { type OnWorld, runnerContract, type World } from './contract.js'
import { inNamespace } from './lab-namespace.js'
import { podContract } from './pod/pod-contract.js'

const onLab = async (
  name: string,
  how: () => Promise<Pick<World, 'transport'>>,
  ...contracts: ReadonlyArray<(onWorld: OnWorld) => void>
): Promise<Test> => {
  const runner = suite(name)
  const declare = await labTests(runner)
  const onWorld: OnWorld = (fact, test) =>
    declare(fact, async (lab) => inNamespace(lab, lab.kubeconfig, await how(), test))
  for (const contract of contracts) contract(onWorld)
  return runner
}

const calicoctl = async () => join(await ensure(placeOf(), await calicoNode()), 'calicoctl')

const byPod = await onLab('the Runner on the lab', async () => ({}), runnerContract, podContract)
const byLocal = await onLab(
  'the same by a calicoctl on this machine',
  async () => ({ transport: { calicoctl: await calicoctl() } }),
  runnerContract,
)

byPod.run()
byLocal.run()
