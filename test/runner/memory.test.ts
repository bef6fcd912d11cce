import { suite } from 'uvu'
import { memoryCluster } from '../../src/testing/index.js'
import { runnerContract } from './contract.js'

const runner = suite('the Runner on the in-memory cluster')

runnerContract((fact, test) =>
  runner(fact, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'] })
    try {
      await test({ cluster, namespace: 'shop' })
    } finally {
      cluster.close()
    }
  }),
)

runner.run()
