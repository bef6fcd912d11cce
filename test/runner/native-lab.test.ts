// @alone
import { rm } from 'node:fs/promises'
import { suite } from 'uvu'
import { type Clients, clientsOf } from '../lab/clients.js'
import { clear } from '../lab/down.js'
import { labTests } from '../lab/lab.js'
import { goNative } from '../lab/native.js'
import { placeOf } from '../lab/place.js'
import { up } from '../lab/up.js'
import { runnerContract } from './contract.js'
import { inNamespace } from './lab-world.js'

const runner = suite('the Runner in native mode, on a lab')
const onLab = await labTests(runner)

// In the shared lab Calico itself runs; this one is of its own.
const place = placeOf({ ...process.env, TYPED_CALICO_LAB: `native-${process.pid}` })
const how = { transport: 'api', group: 'projectcalico.org' } as const

const native = async (): Promise<Clients> => {
  const record = await up(place)
  await goNative(place, record)
  return clientsOf(place, record)
}
let clients: Promise<Clients> | undefined

runnerContract((fact, test) =>
  onLab(fact, async () => {
    clients ??= native()
    await inNamespace(await clients, place.kubeconfig, how, test)
  }),
)

runner.after(async () => {
  await clear(place)
  await rm(place.folder, { recursive: true, force: true })
})
runner.run()
