import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject, ResourceType } from '../../../src/cluster/port.js'
import {
  kubernetesPolicies,
  leases,
  namespaces,
  roleBindings,
  roles,
  serviceAccounts,
} from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { intercepted, status } from '../intercept.js'

const suiteOf = suite('the namespace that is made for a run')
const web = networkPolicy('web', 'shop').allowIngress({})

const widgets: ResourceType = {
  group: 'example.com',
  version: 'v1',
  resource: 'widgets',
  kind: 'Widget',
  namespaced: true,
}

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
}

const quotas: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'resourcequotas',
  kind: 'ResourceQuota',
  namespaced: true,
}

/** Objects that somebody may put there while a run is under way. */
const theirs: ReadonlyArray<readonly [ResourceType, object]> = [
  [kubernetesPolicies, { spec: { podSelector: {} } }],
  [roles, { rules: [] }],
  [
    roleBindings,
    { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [] },
  ],
  [leases, { spec: {} }],
  [quotas, { spec: {} }],
  [widgets, { spec: {} }],
]

for (const [type, body] of theirs) {
  suiteOf(`I1: stays with a ${type.kind} that somebody has put into it, and says so`, async () => {
    const cluster = memoryCluster({ namespaces: ['shop'], objects: [definition] })
    const runner = createRunner({ owner: 'own', cluster, namespace: 'runs' })
    const run = runner.apply([web])
    const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`
    const object = { apiVersion, kind: type.kind, metadata: { name: 'theirs', namespace: 'runs' }, ...body }
    for await (const event of run) {
      if (event._tag === 'Pod' && event.phase === 'Ended') orThrow(await cluster.create(type, object)())
    }
    assert.equal((await run).left, [{ name: 'Namespace(runs)', cause: `${type.kind}(theirs) is in it` }])
    assert.ok(E.isRight(await cluster.get({ type, namespace: 'runs', name: 'theirs' })()))
  })
}

suiteOf('I1: stays where what is in it cannot be listed', async () => {
  const memory = memoryCluster({ namespaces: ['shop'] })
  const cluster = intercepted(memory, async ({ path }) =>
    path === '/apis/coordination.k8s.io/v1' ? status(503, 'ServiceUnavailable', 'later') : undefined,
  )
  const report = await createRunner({ owner: 'own', cluster, namespace: 'runs' }).apply([web])
  assert.match(report.left[0]?.cause ?? '', /what is in it cannot be listed/)
  assert.ok(E.isRight(await memory.get({ type: namespaces, name: 'runs' })()))
})

const served = (kind: string, group: string): KubeObject => {
  const plural = `${kind.toLowerCase()}s`
  const names = { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` }
  return {
    ...definition,
    metadata: { name: `${plural}.${group}` },
    spec: { ...Object(definition.spec), group, names },
  }
}

const openShift = [served('Build', 'build.openshift.io'), served('DeploymentConfig', 'apps.openshift.io')]

const apiGroup = 'rbac.authorization.k8s.io'
const bound = (name: string, role: string, ...subjects: ReadonlyArray<object>) =>
  [
    roleBindings,
    { metadata: { name }, roleRef: { apiGroup, kind: 'ClusterRole', name: role }, subjects },
  ] as const
const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace: 'runs' })
const group = (name: string) => ({ kind: 'Group', name, apiGroup })

/** What OpenShift puts into each namespace. */
const furniture = [
  [serviceAccounts, { metadata: { name: 'builder' } }],
  [serviceAccounts, { metadata: { name: 'deployer' } }],
  bound('system:deployers', 'system:deployer', account('deployer')),
  bound('system:image-builders', 'system:image-builder', account('builder')),
  bound('system:image-pullers', 'system:image-puller', group('system:serviceaccounts:runs')),
] as const

const left = async (
  objects: ReadonlyArray<KubeObject>,
  put: ReadonlyArray<readonly [ResourceType, { readonly metadata: { readonly name: string } }]>,
) => {
  const cluster = memoryCluster({ namespaces: ['shop'], objects })
  const run = createRunner({ owner: 'own', cluster, namespace: 'runs' }).apply([web])
  for await (const event of run) {
    if (event._tag !== 'Pod' || event.phase !== 'Ended') continue
    for (const [type, body] of put) {
      const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`
      const metadata = { ...body.metadata, namespace: 'runs' }
      orThrow(await cluster.create(type, { apiVersion, kind: type.kind, ...body, metadata })())
    }
  }
  return (await run).left.map(({ cause }) => cause)
}

suiteOf('goes with what OpenShift puts into each namespace', async () => {
  assert.equal(await left(openShift, furniture), [])
})

suiteOf('I1: stays with the like of it that is not as OpenShift makes it', async () => {
  const wider = bound('system:image-pullers', 'system:image-puller', group('system:authenticated'))
  const other = bound('system:deployers', 'admin', account('deployer'))
  for (const [objects, put, cause] of [
    [openShift, [wider], 'RoleBinding(system:image-pullers) is in it'],
    [openShift, [other], 'RoleBinding(system:deployers) is in it'],
    [[], furniture.slice(0, 1), 'ServiceAccount(builder) is in it'],
  ] as const) {
    assert.equal(await left(objects, put), [cause])
  }
})

suiteOf.run()
