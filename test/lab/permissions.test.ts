// @lab
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { failureOf } from '../runner/observe.js'
import { rulesOfTheGuide } from '../runner/permission/guide-roles.js'
import { asAccount } from './account.js'
import { labTests } from './lab.js'

const permissions = suite('permissions')
const onLab = await labTests(permissions)

const name = `permissions-${process.pid}`
const { byPod: rules } = rulesOfTheGuide()
const policies = [
  networkPolicy('web', name).selector("app == 'web'").allowIngress(),
  globalNetworkPolicy(`quarantine-${name}`).selector(`quarantine == '${name}'`).denyIngress(),
]

onLab(
  'the role of the guide is enough to apply, to change and to clean up, and less is told before a write',
  async (lab) => {
    try {
      await lab.kubectl(['create', 'namespace', name])
      await asAccount(lab, lab.kubeconfig, name, async ({ kubeconfig, token, may }) => {
        const cluster = kubeCluster({ kubeconfig })
        const kinds = ['NetworkPolicy', 'GlobalNetworkPolicy'] as const
        const runner = createRunner({ owner: name, cluster, namespace: name, kinds })

        assert.is(failureOf(await runner.te.apply(policies)())._tag, 'Forbidden')
        await may(rules.filter((_, index) => index !== 3))
        const missing = failureOf(await runner.te.apply(policies)())
        assert.is(missing._tag, 'MissingPermissions')
        assert.ok(
          missing._tag === 'MissingPermissions' && missing.missing.every((it) => it.includes('jobs.batch')),
        )
        assert.not.match(missing.message, token)

        await may(rules)
        assert.equal(
          (await runner.apply(policies)).items.map(({ outcome }) => outcome),
          ['created', 'created'],
        )
        const changed = await runner.apply(policies.map((policy) => policy.order(7)))
        assert.equal(
          changed.items.map(({ outcome }) => outcome),
          ['updated', 'updated'],
        )
        assert.is((await runner.status()).resources.length, 2)
        assert.is((await runner.cleanup()).removed.length, 2)
        assert.ok(E.isRight(await runner.te.cleanup()()))
        cluster.close()
      })
    } finally {
      await lab.kubectl(['delete', 'namespace', name, '--wait=false'])
    }
  },
)

permissions.run()
