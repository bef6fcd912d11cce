import { suite } from 'uvu'
import { type MemoryClusterOptions, memoryCluster } from '../../src/testing/index.js'
import { type OnWorld, runnerContract, type World } from './contract.js'
import { patchContract } from './patch-contract.js'
import { podContract } from './pod/pod-contract.js'

const inMemory = (
  name: string,
  how: Pick<World, 'transport' | 'group' | 'calico'>,
  options: MemoryClusterOptions,
  ...contracts: ReadonlyArray<(onWorld: OnWorld) => void>
): void => {
  const runner = suite(name)
  const onWorld: OnWorld = (fact, test) =>
    runner(fact, async () => {
      const cluster = memoryCluster({ namespaces: ['shop'], ...options })
      try {
        await test({ cluster, namespace: 'shop', ...how })
      } finally {
        cluster.close()
      }
    })
  for (const contract of contracts) contract(onWorld)
  runner.run()
}

const calico = '3.32.1'
const native = { calico, native: true }
const group = 'projectcalico.org'

inMemory('the Runner on the in-memory cluster', {}, {}, runnerContract, podContract, patchContract)
for (const calico of ['3.29.7', '3.31.6', '3.32.1']) {
  inMemory(`the same with Calico ${calico}`, { calico }, { calico }, runnerContract, patchContract)
}
inMemory('the same in native mode', { group, calico }, native, runnerContract, patchContract)
inMemory(
  'the same through the API',
  { group, calico, transport: 'api' },
  native,
  runnerContract,
  patchContract,
)
