// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import { orThrow } from '../../src/error.js'
import { toStorage } from '../../src/fleet/to-storage.js'
import type { StoredObject } from '../../src/model/storage/stored-object.js'
import { labTests } from '../lab/lab.js'
import { calicoVersion } from '../lab/products.js'
import { sample } from './sample.js'
import { plain, sent } from './sent.js'

const storing = suite('toStorage, on the lab')
const onLab = await labTests(storing)
const run = `stored-${process.pid}`

/** The sample under names of this run: the lab is shared. */
const here: ReadonlyArray<unknown> = JSON.parse(
  JSON.stringify(sample, (key, value) => {
    if (key === 'metadata' && value.name !== undefined)
      return value.namespace === undefined
        ? { ...value, name: `${run}-${value.name}` }
        : { ...value, namespace: run }
    return value
  }),
)
const objects = orThrow(toStorage(here, { calico: calicoVersion }))

const resourceOf = ({ kind }: StoredObject): string => `${kind.toLowerCase()}.crd.projectcalico.org`
const placeOf = ({ metadata: { name, namespace } }: StoredObject): ReadonlyArray<string> =>
  namespace === undefined ? [name] : [name, '-n', namespace]

onLab(
  `is what calicoctl ${calicoVersion} stores on a real API server, and what it reads back`,
  async (lab) => {
    const input = JSON.stringify(here)
    const said = await lab.kubectl(['create', 'namespace', run])
    assert.is(said.code, 0, said.stderr)
    const remove = () => lab.calicoctl(['delete', '--skip-not-exists', '-f', '-'], input)
    try {
      const created = await lab.calicoctl(['create', '-f', '-'], input)
      assert.is(created.code, 0, created.stderr)
      const read = async (object: StoredObject): Promise<object> => {
        const got = await lab.kubectl(['get', resourceOf(object), ...placeOf(object), '-o', 'json'])
        return sent(JSON.parse(got.stdout) as KubeObject)
      }
      for (const object of objects) assert.equal(await read(object), plain(object))
      const shown = await lab.calicoctl(['get', '-f', '-', '-o', 'json'], input)
      await remove()

      const put = await lab.kubectl(
        ['create', '--validate=strict', '-f', '-'],
        objects.map((it) => JSON.stringify(it)).join('\n'),
      )
      assert.is(put.code, 0, put.stderr)
      for (const object of objects) assert.equal(await read(object), plain(object))
      const again = await lab.calicoctl(['get', '-f', '-', '-o', 'json'], input)
      assert.equal(written(again.stdout), written(shown.stdout), 'it is read back as what it was given')
    } finally {
      await remove()
      await lab.kubectl(['delete', 'namespace', run, '--wait=false'])
    }
  },
)

/** Without what differs from one writing to the next. */
const written = (json: string): ReadonlyArray<unknown> =>
  JSON.parse(json, (key, value) =>
    ['uid', 'resourceVersion', 'creationTimestamp'].includes(key) ? undefined : value,
  )

storing.run()
