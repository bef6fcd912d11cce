// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { globalNetworkPolicy } from '../../src/index.js'
import { createRunner, type Runner } from '../../src/runner/runner.js'
import { failureOf } from '../runner/observe.js'
import { labTests } from './lab.js'

const lockout = suite('lockout, with real packets')
const onLab = await labTests(lockout)

const namespace = `lockout-${process.pid}`
const denyAll = globalNetworkPolicy(`deny-${namespace}`)
  .order(1)
  .selector(`projectcalico.org/namespace == '${namespace}'`)
  .types('Ingress', 'Egress')
  .denyIngress({})
  .denyEgress({})

onLab(
  'refuses a default deny that selects its own pod, and goes on when told, exempt or not',
  async (lab) => {
    await lab.kubectl(['create', 'namespace', namespace])
    const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
    const runner = (options: Partial<Parameters<typeof createRunner>[0]> = {}): Runner =>
      createRunner({ owner: namespace, cluster, namespace, timeoutMs: 30_000, ...options })
    try {
      const refused = failureOf(await runner().te.apply([denyAll])())
      assert.is(refused._tag, 'Lockout')
      assert.match(refused.message, `GlobalNetworkPolicy(deny-${namespace}), egress rule 0`)

      // Told to go on, it locks its next pod out: that is noticed before a pod hangs, and cleanup() needs none.
      await runner({ lockout: 'ignore' }).apply([denyAll])
      const locked = failureOf(await runner().te.apply([denyAll.order(2)])())
      assert.is(locked._tag, 'Lockout')
      const hung = failureOf(
        await runner({ lockout: 'ignore', timeoutMs: 8_000 }).te.apply([denyAll.order(2)])(),
      )
      assert.is(hung._tag === 'PodFailed' && hung.problem, 'DeadlineExceeded', hung.message)
      const gone = await runner().cleanup()
      assert.equal(gone.removed, [`GlobalNetworkPolicy(deny-${namespace})`])

      await runner({ lockout: 'exempt' }).apply([denyAll])
      const again = await runner({ lockout: 'exempt' }).apply([denyAll.order(2)])
      assert.is(again.items.find(({ name }) => name.includes('deny'))?.outcome, 'updated')
      assert.is((await runner().cleanup()).removed.length, 2)
    } finally {
      await runner().cleanup()
      await lab.kubectl(['delete', 'namespace', namespace, '--wait=false'])
      cluster.close()
    }
  },
)

lockout.run()
