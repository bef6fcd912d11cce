// @alone
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import { labTests } from '../lab/lab.js'
import { placeOf } from '../lab/place.js'
import { releaseOf } from './release.js'
import { valuesFor } from './released.js'

const tests = suite("the overlay of karydia's chart")
const onLab = await labTests(tests)

interface Rendered {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
}

const template = async (values: object): Promise<string> => {
  const release = await releaseOf(placeOf(), 'karydia', 'karydia')
  try {
    return await release.template(values)
  } finally {
    await release.remove()
  }
}

const rendered = async (values: object): Promise<ReadonlyArray<Rendered>> =>
  parseAllDocuments(await template(values)).flatMap((document) => document.toJS() ?? [])

onLab('renders nothing unless it is switched on', async () => {
  assert.equal(await rendered({}), [])
})

onLab('asks for the addresses of the nodes', async () => {
  assert.match(
    await template({ features: { calicoHostSecurity: true } }),
    'config.calico.nodeCIDR: the addresses of the nodes',
  )
})

onLab('refuses a mode that there is not', async (lab) => {
  assert.match(await template(valuesFor(lab, { mode: 'sometimes' })), 'sometimes is none of provision')
})

for (const mode of ['provision', 'existing', 'rendered']) {
  onLab(`has hooks in the order of karydia's own, in mode ${mode}`, async (lab) => {
    const objects = await rendered(valuesFor(lab, { mode }))
    const weights: Readonly<Record<string, string>> = {
      ServiceAccount: '1',
      ClusterRole: '2',
      ClusterRoleBinding: '3',
      Job: '4',
    }
    const hooks = objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined)
    assert.is(hooks.length, mode === 'existing' ? 2 : 8)
    for (const { kind, metadata } of hooks) {
      assert.is(metadata.annotations?.['helm.sh/hook-weight'], weights[kind])
      assert.is(metadata.annotations?.['helm.sh/hook-delete-policy'], 'before-hook-creation,hook-succeeded')
    }
  })
}

onLab("gives no pod the label by which karydia's Service finds its own", async (lab) => {
  assert.not.match(await template(valuesFor(lab, {})), /^\s+app: /m)
})

tests.run()
