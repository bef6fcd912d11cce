// @lab
import { rm } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addApiServer } from './apiserver.js'
import { clientsOf } from './clients.js'
import { clear } from './down.js'
import { labTests } from './lab.js'
import { placeOf } from './place.js'
import { up } from './up.js'

const tests = suite("a lab with Calico's API server")
const onLab = await labTests(tests)

// The shared lab is one of the many clusters without it; this one is of its own.
const place = placeOf({ ...process.env, TYPED_CALICO_LAB: `apiserver-${process.pid}` })

onLab('takes from kubectl what calicoctl then shows', async () => {
  const record = await up(place)
  const { kubectl, calicoctl } = clientsOf(place, record)
  const policy = JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'by-kubectl' },
    spec: { selector: 'all()', types: ['Ingress'], ingress: [{ action: 'Allow' }] },
  })
  assert.match((await kubectl(['create', '-f', '-'], policy)).stderr, 'no matches for kind')
  await addApiServer(place, record)
  await addApiServer(place, record)
  const { code, stderr } = await kubectl(['create', '-f', '-'], policy)
  assert.is(code, 0, stderr)
  assert.match((await calicoctl(['get', 'globalnetworkpolicy'])).stdout, /^by-kubectl/m)
})

tests.after(async () => {
  await clear(place)
  await rm(place.folder, { recursive: true, force: true })
})
tests.run()
