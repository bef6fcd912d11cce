import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../../src/cluster/port.js'
import { orThrow } from '../../../src/error.js'
import { worldFromJson, worldToJson } from '../../../src/runner/world/world-file.js'
import { worldFrom } from '../../../src/runner/world/world-from.js'
import { compileSnapshot, type WorldSnapshot } from '../../../src/runner/world/world-snapshot.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { denyTo, kubernetesPolicy, runningPod } from './world-objects.js'

const files = suite('files of worlds')

const issuesOf = (text: string) => {
  const read = worldFromJson(text)
  return E.isLeft(read) ? read.left.issues.map(({ rule, path, hint }) => ({ rule, path, hint })) : []
}

files('a snapshot is the same when it is read back', async () => {
  const objects = [runningPod('shop', 'api', '10.0.0.2'), kubernetesPolicy('shop', 'closed', denyTo('api'))]
  const snapshot = orThrow(await worldFrom(memoryCluster({ namespaces: ['shop'], objects }))())
  assert.equal(orThrow(worldFromJson(worldToJson(snapshot))), snapshot)
})

files('what could not be read stays unread', () => {
  const snapshot: WorldSnapshot = {
    world: { resources: [], unread: ['Pod'] },
    unread: [{ kind: 'Pod', cause: 'forbidden' }],
    takenAt: '2026-11-29T12:00:00.000Z',
  }
  assert.equal(orThrow(worldFromJson(worldToJson(snapshot))), snapshot)
})

files('an anonymous world answers the same, and names nobody', async () => {
  const objects = [
    runningPod('shop', 'web', '10.0.0.1'),
    runningPod('shop', 'api', '10.0.0.2'),
    kubernetesPolicy('shop', 'closed', denyTo('api')),
  ]
  const snapshot = orThrow(await worldFrom(memoryCluster({ namespaces: ['shop'], objects }))())
  const unread = [{ kind: 'Node', name: 'acme', cause: 'nodes of acme are forbidden' }]
  const text = worldToJson({ ...snapshot, unread }, { anonymous: true })
  assert.not.match(text, /shop|10\.0\.0|acme|closed/)
  const [api, web] = orThrow(worldFromJson(text)).world.pods as ReadonlyArray<KubeObject>
  const nameOf = (pod: KubeObject | undefined) => `${pod?.metadata.namespace}/${pod?.metadata.name}`
  const world = orThrow(compileSnapshot(orThrow(worldFromJson(text))))
  const flow = { from: nameOf(web), to: nameOf(api), protocol: 'TCP', port: 80 } as const
  assert.is(world.verdict(flow).decision, 'denied')
  assert.is(world.verdict({ ...flow, from: flow.to, to: flow.from }).decision, 'allowed')
})

files('texts of YAML in a world are written as objects', () => {
  const pods = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n'
  const snapshot: WorldSnapshot = { world: { pods }, unread: [], takenAt: '2026-11-29T12:00:00.000Z' }
  assert.equal(orThrow(worldFromJson(worldToJson(snapshot))).world.pods, [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } },
  ])
})

files('another text is no world, and the error says how to make one', () => {
  for (const text of ['', 'kind: Pod', '{"kind":"List","items":[]}', '[]', 'null'])
    assert.equal(issuesOf(text), [
      {
        rule: 'not-a-world',
        path: [],
        hint: 'write one with worldToJson(…) of what worldFrom(cluster) read, or with `typed-calico snapshot`',
      },
    ])
})

files('a byte order mark does no harm, and a file that is cut off is told', () => {
  const text = worldToJson({ world: {}, unread: [], takenAt: '2026-11-29T12:00:00.000Z' })
  assert.equal(orThrow(worldFromJson(`\uFEFF${text}`)), orThrow(worldFromJson(text)))
  const cut = worldFromJson(text.slice(0, -20))
  assert.match(E.isLeft(cut) ? cut.left.issues[0].message : '', 'it is not JSON, or is cut off')
})

files('a world of another version of the format is named as one', () => {
  const [issue] = issuesOf('{"format":"typed-calico/world","version":2,"shape":"new"}')
  assert.is(issue?.rule, 'world-version')
  assert.match(issue?.hint ?? '', /read the cluster again/)
})

files('what is not as it should be is told by its place', () => {
  const world = '{"format":"typed-calico/world","version":1,"takenAt":"x","unread":[],"world":{"pods":{}}}'
  assert.equal(
    issuesOf(world).map(({ path }) => path),
    [['world', 'pods']],
  )
})

files.run()
