import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addApiServer } from './apiserver.js'
import { ensure } from './cached.js'
import { binaryOf, environmentOf } from './clients.js'
import { clear } from './down.js'
import { alone } from './lock.js'
import { type Place, placeOf } from './place.js'
import { helm } from './products.js'
import { isHealthy } from './ready.js'
import type { Record } from './record.js'
import { running } from './running.js'
import { say } from './say.js'
import { obstacle, up } from './up.js'

const usage = `npm run lab -- up               bring the lab up, building what is not in the cache
npm run lab -- up --apiserver   the same, with Calico's API server in it
npm run lab -- up --native      one with projectcalico.org/v3 in the place of crd.projectcalico.org
npm run lab -- up --kubernetes 1.33    one of that Kubernetes, and not of the newest
npm run lab -- down             end it, and leave the machine as it was
npm run lab -- status           whether it runs, since when, who started it
npm run lab -- kubectl ARGS     run the lab's kubectl on it
npm run lab -- calicoctl ARGS   run the lab's calicoctl on it
npm run lab -- helm ARGS        run helm on it, built when first asked for
TYPED_CALICO_LAB=NAME           another lab than the shared one, beside it
TYPED_CALICO_KUBERNETES=1.33    --kubernetes 1.33, for tests`

const notUp = (place: Place): number => {
  say(`the lab "${place.name}" is not up; \`npm run lab -- up\` brings it up`)
  return 1
}

const status = async (place: Place): Promise<number> => {
  const record = await running(place)
  if (!record) return notUp(place)
  const healthy = await isHealthy(place, record, 0)
  const ended = await readFile(join(place.logs, 'ended.log'), 'utf8').catch(() => '')
  console.log(`lab         ${place.name}, ${healthy ? 'up' : 'not working'} since ${record.started}`)
  console.log(`kubernetes  ${record.kubernetes}`)
  console.log(`started by  ${record.checkout}`)
  console.log(`kubeconfig  ${place.kubeconfig}`)
  console.log(`logs        ${place.logs}`)
  console.log(`node        ${record.network.address}, pods ${record.network.pods}`)
  if (ended) console.log(`restarted   ${ended.trim().split('\n').join('; ')}`)
  return healthy ? 0 : 1
}

const program = async (place: Place, record: Record, name: string): Promise<string> =>
  name === 'helm'
    ? join(await ensure(place, await helm()), name)
    : binaryOf(record, name === 'kubectl' ? name : 'calicoctl')

const client = async (place: Place, name: string, args: ReadonlyArray<string>): Promise<number> => {
  const record = await running(place)
  if (!record) return notUp(place)
  const env = { ...process.env, ...environmentOf(place) }
  return spawnSync(await program(place, record, name), args, { stdio: 'inherit', env }).status ?? 1
}

const bringUp = async (args: ReadonlyArray<string>): Promise<number> => {
  const { apiserver, native, kubernetes } = parseArgs({
    args: [...args],
    options: { apiserver: { type: 'boolean' }, native: { type: 'boolean' }, kubernetes: { type: 'string' } },
  }).values
  const place = placeOf({ ...process.env, ...(kubernetes && { TYPED_CALICO_KUBERNETES: kubernetes }) })
  const reason = await obstacle(place)
  if (reason === undefined) {
    const record = await up(place, native ? 'native' : 'calico')
    if (apiserver) await addApiServer(place, record)
    return 0
  }
  say(reason)
  return 1
}

const main = async ([command, ...args]: ReadonlyArray<string>): Promise<number> => {
  const place = placeOf()
  switch (command) {
    case 'up':
      return bringUp(args)
    case 'down':
      await alone(place.lock, () => clear(place))
      say('down')
      return 0
    case 'status':
      return status(place)
    case 'kubectl':
    case 'calicoctl':
    case 'helm':
      return client(place, command, args)
    default:
      console.error(usage)
      return 2
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: Error) => {
    say(error.message)
    process.exitCode = 1
  },
)
