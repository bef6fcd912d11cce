import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { helmTests } from './helm.js'
import { render } from './image.js'
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
  assert.match(await template(switchedOn({ mode: 'sometimes' })), 'sometimes is none of runner, provision')
})

withHelm('refuses a helm that leaves the rights of a hook that fails', async () => {
  const change = (text: string) => text.replaceAll('3.19.0', '99.0.0')
  for (const [mode, named] of [
    ['runner', 'provision'],
    ['rendered', 'rendered'],
  ])
    assert.match(await template(switchedOn({ mode }), { change }), `${named} needs Helm 3.19 or later`)
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
  ['runner', 12],
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

const inForm = async (mode: string, more: object = {}): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'karydia-'))
  try {
    return await render(folder, switchedOn({ mode, version: '3.31.6', ...more }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

withHelm('has in mode storage the policies themselves, as Calico stores them, and no Job', async () => {
  const files = { 'files/calico/policies.yaml': await inForm('storage') }
  const objects = await rendered(switchedOn({ mode: 'storage' }), { files })
  assert.equal([...new Set(objects.map(({ apiVersion }) => apiVersion))], ['crd.projectcalico.org/v1'])
  assert.equal([...new Set(objects.map(({ kind }) => kind))].sort(), ['GlobalNetworkPolicy', 'Tier'])
  assert.ok(objects.every((object) => hookOf(object) === undefined))
})

withHelm('has in mode manifestwork what a hub takes', async () => {
  const files = { 'files/calico/works.yaml': await inForm('manifestwork', { cluster: 'cluster1' }) }
  const works = await rendered(switchedOn({ mode: 'manifestwork' }), { files })
  assert.equal(works.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort(), [
    'ManifestWork cluster1/karydia',
    'ManifestWork cluster1/karydia-rights',
  ])
})

withHelm('refuses files that are not there, or of another mode', async () => {
  assert.match(await template(switchedOn({ mode: 'storage' })), 'files/calico is empty')
  const files = { 'files/calico/policies.yaml': await inForm('rendered') }
  for (const mode of ['storage', 'manifestwork'])
    assert.match(await template(switchedOn({ mode }), { files }), 'was rendered for another mode')
})

tests.run()
