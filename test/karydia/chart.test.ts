// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { helmTests } from './helm.js'
import { hookOf, rendered, switchedOn, template } from './rendered.js'

const tests = suite("the overlay of karydia's chart")
const withHelm = await helmTests(tests)

withHelm('renders nothing unless it is switched on', async () => {
  assert.equal(await rendered({}), [])
})

withHelm('asks for the addresses of the nodes', async () => {
  assert.match(
    await template({ features: { calicoHostSecurity: true } }),
    'config.calico.nodeCIDR: the addresses of the nodes',
  )
})

withHelm('refuses a mode that there is not', async () => {
  assert.match(await template(switchedOn({ mode: 'sometimes' })), 'sometimes is none of provision')
})

withHelm('refuses a helm that leaves the rights of a hook that fails', async () => {
  const change = (text: string) => text.replaceAll('3.19.0', '99.0.0')
  for (const mode of ['provision', 'rendered'])
    assert.match(await template(switchedOn({ mode }), { change }), `${mode} needs Helm 3.19 or later`)
  assert.ok((await rendered(switchedOn({ mode: 'existing' }), { change })).length > 0)
})

const weights: Readonly<Record<string, string>> = {
  ServiceAccount: '1',
  ClusterRole: '2',
  Role: '2',
  ClusterRoleBinding: '3',
  RoleBinding: '3',
  Job: '4',
}

for (const [mode, count] of [
  ['provision', 12],
  ['existing', 2],
  ['rendered', 8],
] as const) {
  withHelm(`has hooks in the order of karydia's own, in mode ${mode}`, async () => {
    const hooks = (await rendered(switchedOn({ mode }))).filter((object) => hookOf(object) !== undefined)
    assert.is(hooks.length, count)
    for (const { kind, metadata } of hooks)
      assert.is(metadata.annotations?.['helm.sh/hook-weight'], weights[kind])
  })

  withHelm(
    `keeps of a hook that fails its Job, to be looked at, and no rights, in mode ${mode}`,
    async () => {
      for (const { kind, metadata } of (await rendered(switchedOn({ mode }))).filter(hookOf)) {
        const kept = 'before-hook-creation,hook-succeeded'
        const policy = kind === 'Job' ? kept : `${kept},hook-failed`
        assert.is(metadata.annotations?.['helm.sh/hook-delete-policy'], policy)
      }
    },
  )
}

withHelm("gives no pod the label by which karydia's Service finds its own", async () => {
  assert.not.match(await template(switchedOn()), /^\s+app: /m)
})

tests.run()
