import { suite } from 'uvu'
import { type MemoryClusterOptions, memoryCluster } from '../../src/testing/index.js'
import { type OnWorld, runnerContract, type World } from './contract.js'
import { podContract } from './pod-contract.js'

const inMemory = (
  name: string,
  how: Pick<World, 'transport' | 'group'>,
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

const native = { calico: '3.32.1', native: true } as const
const group = 'projectcalico.org'

inMemory('the Runner on the in-memory cluster', {}, {}, runnerContract, podContract)
inMemory('the same in native mode', { group }, native, runnerContract)
inMemory('the same through the API', { group, transport: 'api' }, native, runnerContract)
