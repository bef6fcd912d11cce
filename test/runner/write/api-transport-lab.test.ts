// @lab
import { rm } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addApiServer } from '../../lab/apiserver.js'
import { type Clients, clientsOf } from '../../lab/clients.js'
import { clear } from '../../lab/down.js'
import { labTests } from '../../lab/lab.js'
import { placeOf } from '../../lab/place.js'
import { up } from '../../lab/up.js'
import { policiesIn, runnerContract, runnerOf } from '../contract.js'
import { inNamespace } from '../lab-namespace.js'
import { failureOf } from '../observe.js'

const runner = suite("the Runner through Calico's API server, on a lab")
const onLab = await labTests(runner)

// The shared lab is one of the many clusters without it; this one is of its own.
const place = placeOf({ ...process.env, TYPED_CALICO_LAB: `api-${process.pid}` })
const how = { transport: 'api' } as const
let adding: Promise<Clients> | undefined

const withApiServer = async (): Promise<Clients> => {
  const record = await up(place)
  await addApiServer(place, record)
  return clientsOf(place, record)
}

onLab('is refused where there is none', async () => {
  const clients = clientsOf(place, await up(place))
  await inNamespace(clients, place.kubeconfig, how, async (world) => {
    const failure = failureOf(await runnerOf(world).te.apply(policiesIn(world))())
    assert.is(failure._tag === 'BadOption' && failure.option, 'transport')
  })
})

runnerContract((fact, test) =>
  onLab(fact, async () => {
    adding ??= withApiServer()
    await inNamespace(await adding, place.kubeconfig, how, test)
  }),
)

runner.after(async () => {
  await clear(place)
  await rm(place.folder, { recursive: true, force: true })
})
runner.run()
