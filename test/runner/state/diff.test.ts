import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { globalNetworkPolicy, networkPolicy } from '../../../src/index.js'
import type { Resource } from '../../../src/model/resource.js'
import { createRunner } from '../../../src/runner/runner.js'
import { storageType } from '../../../src/runner/state/stored-resource.js'
import { intercepted } from '../intercept.js'
import { api, edit, kubectl, same, seen, withSpec } from './filled-cluster.js'

const comparison = suite('what is compared')

const tier = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'sec' } }
const felix = (spec: object) =>
  ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'FelixConfiguration',
    metadata: { name: 'node.a' },
    spec,
  }) as Resource

/** What Calico 3.32.1 stores beside what is sent. **Source**: run, both writers. */
const defaults: ReadonlyArray<readonly [sent: object, added: object]> = [
  [
    { ...tier, spec: {} },
    { defaultAction: 'Deny', order: 1000 },
  ],
  [felix({ logSeverityScreen: 'Info' }), { nftablesMode: 'Disabled', floatingIPs: 'Disabled' }],
  [
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'StagedGlobalNetworkPolicy',
      metadata: { name: 'staged' },
      spec: { selector: 'all()' },
    },
    { stagedAction: 'Set' },
  ],
  [
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name: 'pool' },
      spec: { cidr: '192.0.2.0/24', natOutgoing: false },
    },
    {
      allowedUses: ['Workload', 'Tunnel'],
      blockSize: 26,
      ipipMode: 'Never',
      nodeSelector: 'all()',
      assignmentMode: 'Automatic',
    },
  ],
]

comparison('I5, I14: defaults that the cluster stores are no drift', async () => {
  for (const [sent, added] of defaults) {
    const { runner } = api((object) => withSpec(object, added))
    const { items } = await runner.apply([sent])
    assert.equal(
      items.map(({ outcome }) => outcome),
      ['created'],
    )
    assert.equal(await seen(runner, sent), same, JSON.stringify(sent))
  }
})

comparison(
  'I14: what somebody sets where nothing was sent is drift, a default that is not sent is none',
  async () => {
    const { memory, runner } = api((object) => withSpec(object, { stagedAction: 'Set' }))
    const wanted = globalNetworkPolicy('deny').order(5).denyIngress({}).stage()
    await runner.apply([wanted])
    await edit(kubectl(memory), ['StagedGlobalNetworkPolicy', 'deny'], (it) =>
      withSpec(it, { serviceAccountSelector: 'all()' }),
    )
    const after = await seen(runner, wanted)
    assert.equal(after.fields, ['spec.serviceAccountSelector'])
    assert.is(after.drifted, true)
    await runner.apply([wanted])
    assert.equal(await seen(runner, wanted), same)
  },
)

comparison('I14: a field that is no longer given is removed', async () => {
  const { runner } = api()
  await runner.apply([globalNetworkPolicy('deny').order(5).selector('all()').denyIngress({})])
  const without = globalNetworkPolicy('deny').selector('all()').denyIngress({})
  assert.equal((await seen(runner, without)).fields, ['spec.order'])
  await runner.apply([without])
  assert.equal(await seen(runner, without), same)
})

comparison('I5, I7, I14: empty values that mean something are seen, given and taken away', async () => {
  const labelled = (labels: object) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkSet',
    metadata: { name: 'nets', labels },
    spec: { nets: ['192.0.2.0/24'] },
  })
  const annotated = (annotations: object) => ({ ...labelled({}), metadata: { name: 'nets', annotations } })
  const controllers = (spec: object) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'KubeControllersConfiguration',
    metadata: { name: 'default' },
    spec: { controllers: spec },
  })
  const pairs: ReadonlyArray<readonly [object, object, string]> = [
    [labelled({ role: 'x' }), labelled({ role: 'x', quarantine: '' }), 'metadata.labels.quarantine'],
    [annotated({}), annotated({ note: '' }), 'metadata.annotations.note'],
    [felix({}), felix({ failsafeInboundHostPorts: [] }), 'spec.failsafeInboundHostPorts'],
    [felix({}), felix({ bpfEnabled: false }), 'spec.bpfEnabled'],
    [controllers({}), controllers({ policy: {} }), 'spec.controllers.policy'],
  ]
  for (const [less, more, field] of pairs) {
    for (const [first, second] of [
      [less, more],
      [more, less],
    ] as const) {
      const { runner } = api()
      await runner.apply([first])
      assert.equal(await seen(runner, first), same)
      assert.ok((await seen(runner, second)).fields.includes(field), field)
      const { items } = await runner.apply([second])
      assert.equal(
        items.map(({ outcome }) => outcome),
        ['updated'],
      )
      assert.equal(await seen(runner, second), same)
    }
  }
})

comparison('I14: an empty label that somebody adds or takes away is drift', async () => {
  const wanted = networkPolicy('web', 'shop').labels({ a: '' }).allowIngress({})
  for (const labels of [{}, { a: '', b: '' }]) {
    const { memory, runner } = api()
    await runner.apply([wanted])
    await edit(kubectl(memory), ['NetworkPolicy', 'web', 'shop'], (it) => {
      const { a: _a, ...others } = it.metadata.labels ?? {}
      return { ...it, metadata: { ...it.metadata, labels: { ...others, ...labels } } }
    })
    assert.is((await seen(runner, wanted)).drifted, true, JSON.stringify(labels))
    assert.is((await seen(runner, wanted)).changes, true, JSON.stringify(labels))
  }
})

comparison('I7: what a webhook adds is no failure, and is told', async () => {
  const added = { 'policy.example/seen': 'yes' }
  const { runner } = api((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, ...added },
      labels: { ...object.metadata.labels, team: '' },
    },
  }))
  const wanted = networkPolicy('web', 'shop').allowIngress({})
  const { items } = await runner.apply([wanted])
  assert.equal(
    items.map(({ outcome }) => outcome),
    ['created'],
  )
  assert.equal(await seen(runner, wanted), same)
  await runner.apply([wanted.order(3)])
  assert.equal(await seen(runner, wanted.order(3)), same)
})

comparison('I7: what admission adds belongs to no manager, and is a warning that names it', async () => {
  const { memory } = api()
  const seenBy = 'policy.example/seen'
  const cluster = intercepted(memory, async (request, send) => {
    if (request.method === 'POST' && request.path.endsWith('/networkpolicies')) {
      const object = JSON.parse(request.body ?? '{}')
      const metadata = {
        ...object.metadata,
        annotations: { ...object.metadata.annotations, [seenBy]: 'yes' },
      }
      return memory.server.handle({ ...request, body: JSON.stringify({ ...object, metadata }) })
    }
    const answer = await send()
    // As an API server tells it: fields are given to their managers before admission.
    return { ...answer, body: answer.body.replace(`"f:${seenBy}":{}`, '".":{}') }
  })
  const runner = createRunner({ owner: 'own', cluster, transport: 'api' })
  const { items, warnings } = await runner.apply([networkPolicy('web', 'shop').allowIngress({})])
  assert.equal(
    items.map(({ outcome }) => outcome),
    ['created'],
  )
  assert.equal(warnings, [
    `NetworkPolicy(shop/web): a webhook or an admission policy of the cluster has added metadata.annotations["${seenBy}"]`,
  ])
})

comparison('fields that are left to others are sent, and not compared', async () => {
  const { cluster, memory } = api((object) => ({ ...object, spec: { ...Object(object.spec), order: 99 } }))
  const wanted = networkPolicy('web', 'shop').order(1).allowIngress({})
  const strict = createRunner({ owner: 'own', cluster, transport: 'api' })
  assert.is((await strict.te.apply([wanted])())._tag, 'Left')
  const lax = createRunner({ owner: 'own', cluster, transport: 'api', ignore: ['spec.order'] })
  assert.equal(
    (await lax.apply([wanted])).items.map(({ outcome }) => outcome),
    ['unchanged'],
  )
  assert.equal(await seen(lax, wanted), same)
  const [stored] = orThrow(await memory.list(storageType('NetworkPolicy', 'projectcalico.org'))()).items
  assert.is(Object(stored?.spec).order, 99)
})

comparison('I16: the record of what was applied holds no values', async () => {
  const { memory, runner } = api()
  await runner.apply([networkPolicy('web', 'shop').annotations({ note: 'hunter2' }).allowIngress({})])
  const [stored] = orThrow(await memory.list(storageType('NetworkPolicy', 'projectcalico.org'))()).items
  const record = stored?.metadata.annotations?.['typed-calico.projectcalico.org/applied'] ?? ''
  assert.match(record, 'metadata.annotations.note')
  assert.not.match(record, 'hunter2')
})

comparison('reading is open: a status and fields that are not known are passed over', async () => {
  const pool = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'pool' },
    spec: { cidr: '192.0.2.0/24', fieldOf2030: { a: 1 } },
  }
  const { spec, ...rest } = pool
  const wanted = { ...rest, spec: { cidr: spec.cidr } }
  const { runner } = api((object) => ({
    ...withSpec(object, { fieldOf2030: { a: 1 } }),
    status: { conditions: [] },
  }))
  assert.equal(
    (await runner.apply([wanted])).items.map(({ outcome }) => outcome),
    ['created'],
  )
  assert.equal(await seen(runner, wanted), same)
})

comparison.run()
