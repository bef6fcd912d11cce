import { setTimeout as sleep } from 'node:timers/promises'
import { felixIsReady, installCalico } from './calico.js'
import { type Clients, clientsOf } from './clients.js'
import { installNative } from './native.js'
import type { Place } from './place.js'
import type { Mode, Record } from './record.js'
import { until } from './until.js'

/** What of Calico is put into a lab, and whether that works. */
interface Calico {
  readonly install: (place: Place, record: Record) => Promise<void>
  readonly isReady: (record: Record) => Promise<boolean>
}

const modes: { readonly [mode in Mode]: Calico } = {
  calico: { install: installCalico, isReady: felixIsReady },
  native: { install: installNative, isReady: async () => true },
}

const nodeIsReady = async ({ kubectl }: Clients): Promise<boolean> => {
  const path = '{.status.conditions[?(@.type=="Ready")].status}'
  const { stdout } = await kubectl(['--request-timeout=5s', 'get', 'node', 'lab', '-o', `jsonpath=${path}`])
  return stdout === 'True'
}

/** Whether a lab that has processes also works, or does within seconds: on a machine under load that takes some. */
export const isHealthy = async (place: Place, record: Record, seconds = 60): Promise<boolean> => {
  const clients = clientsOf(place, record)
  for (const end = performance.now() + seconds * 1000; ; await sleep(200)) {
    if ((await nodeIsReady(clients)) && (await modes[record.mode].isReady(record))) return true
    if (performance.now() > end) return false
  }
}

/** Puts Calico's objects, as the mode has them, into a lab whose processes were started, and waits for all of it. */
export const bringUp = async (place: Place, record: Record): Promise<void> => {
  const clients = clientsOf(place, record)
  const succeeds =
    (...args: ReadonlyArray<string>) =>
    async () =>
      (await clients.kubectl(args)).code === 0
  await until(place, 'the API server is ready', 'kube-apiserver', succeeds('get', '--raw', '/readyz'))
  await modes[record.mode].install(place, record)
  await until(place, 'the node is ready', 'kubelet', () => nodeIsReady(clients))
  await until(place, 'Calico is ready', 'calico-felix', () => modes[record.mode].isReady(record))
  await until(
    place,
    'pods can be made',
    'kube-controller-manager',
    succeeds('get', 'serviceaccount', 'default'),
  )
}
