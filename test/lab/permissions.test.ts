// @lab
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { kubeCluster } from '../../src/cluster/kube.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { failureOf } from '../runner/observe.js'
import { labTests } from './lab.js'

const permissions = suite('permissions')
const onLab = await labTests(permissions)

const name = `permissions-${process.pid}`
const file = join(tmpdir(), `${name}.json`)
const roleText = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/07-permissions.md', 'utf8'))?.[1] ?? ''
const policies = [
  networkPolicy('web', name).selector("app == 'web'").allowIngress(),
  globalNetworkPolicy(`quarantine-${name}`).selector(`quarantine == '${name}'`).denyIngress(),
]

onLab(
  'the role of the guide is enough to apply, to change and to clean up, and less is told before a write',
  async (lab) => {
    const role = { ...parse(roleText), metadata: { name } }
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'runner', namespace: name },
    }
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: 'runner', namespace: name }],
    }
    const objects = (items: ReadonlyArray<object>) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    try {
      await lab.kubectl(['create', 'namespace', name])
      await lab.kubectl(['create', '-f', '-'], objects([account, role]))
      const { stdout: token } = await lab.kubectl(['create', 'token', 'runner', '--namespace', name])
      const kubeconfig = parse(readFileSync(lab.kubeconfig, 'utf8'))
      const user = { name: kubeconfig.users[0].name, user: { token: token.trim() } }
      writeFileSync(file, JSON.stringify({ ...kubeconfig, users: [user] }), { mode: 0o600 })
      const cluster = kubeCluster({ kubeconfig: file })
      const runner = createRunner({
        owner: name,
        cluster,
        namespace: name,
        kinds: ['NetworkPolicy', 'GlobalNetworkPolicy'],
      })

      assert.is(failureOf(await runner.te.apply(policies)())._tag, 'Forbidden')
      await lab.kubectl(['create', '-f', '-'], objects([binding]))
      await lab.kubectl([
        'patch',
        'clusterrole',
        name,
        '--type=json',
        '-p',
        '[{"op":"remove","path":"/rules/3"}]',
      ])
      const missing = failureOf(await runner.te.apply(policies)())
      assert.is(missing._tag, 'MissingPermissions')
      assert.ok(
        missing._tag === 'MissingPermissions' && missing.missing.every((it) => it.includes('jobs.batch')),
      )
      assert.not.match(missing.message, token.trim())

      await lab.kubectl(['replace', '-f', '-'], objects([role]))
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
    } finally {
      rmSync(file, { force: true })
      await lab.kubectl(['delete', 'clusterrole,clusterrolebinding', name, '--ignore-not-found'])
      await lab.kubectl(['delete', 'namespace', name, '--wait=false'])
    }
  },
)

permissions.run()
