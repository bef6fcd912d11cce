import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clients, clientsOf } from './clients.js'
import { supervisor } from './down.js'
import type { Place } from './place.js'
import type { Record } from './record.js'
import { say } from './say.js'

const tail = async (place: Place, log: string): Promise<string> => {
  const file = join(place.logs, `${log}.log`)
  const text = await readFile(file, 'utf8').catch(() => '(empty)')
  return `${file}:\n${text.trim().split('\n').slice(-10).join('\n')}`
}

/** The component that ended, and was started again, more often than a start explains. */
const failing = async (place: Place): Promise<string | undefined> => {
  const ends = (await readFile(join(place.logs, 'ended.log'), 'utf8').catch(() => '')).split('\n')
  const names = ends.map((line) => line.split(' ')[0] ?? '').filter((name) => name !== '')
  return names.find((name) => names.filter((other) => other === name).length > 5)
}

/** Waits for a fact; when it does not come to be, fails with the end of the log that tells why. */
export const until = async (
  place: Place,
  fact: string,
  log: string,
  look: () => Promise<boolean>,
): Promise<void> => {
  for (const end = performance.now() + 120_000; performance.now() < end; await sleep(100)) {
    if (await look()) return say(fact)
    const culprit = await failing(place)
    if (culprit) throw new Error(`not yet: ${fact}; ${culprit} keeps ending\n${await tail(place, culprit)}`)
    if ((await supervisor(place)) === undefined) {
      throw new Error(`not yet: ${fact}; the lab has ended\n${await tail(place, 'inside')}`)
    }
  }
  throw new Error(`not after two minutes: ${fact}\n${await tail(place, log)}`)
}

const felixIsReady = ({ network }: Record): Promise<boolean> =>
  fetch(`http://${network.address}:9099/readiness`, { signal: AbortSignal.timeout(1000) }).then(
    (response) => response.ok,
    () => false,
  )

const nodeIsReady = async ({ kubectl }: Clients): Promise<boolean> => {
  const path = '{.status.conditions[?(@.type=="Ready")].status}'
  const { stdout } = await kubectl(['--request-timeout=5s', 'get', 'node', 'lab', '-o', `jsonpath=${path}`])
  return stdout === 'True'
}

/** Whether a lab that has processes also works, or does within seconds. */
export const isHealthy = async (place: Place, record: Record, seconds = 10): Promise<boolean> => {
  const clients = clientsOf(place, record)
  for (const end = performance.now() + seconds * 1000; ; await sleep(200)) {
    if ((await nodeIsReady(clients)) && (await felixIsReady(record))) return true
    if (performance.now() > end) return false
  }
}

/** Makes Calico's objects in a lab whose processes were started, and waits for all of it. */
export const bringUp = async (place: Place, record: Record): Promise<void> => {
  const clients = clientsOf(place, record)
  const kubectl =
    (...args: ReadonlyArray<string>) =>
    async () =>
      (await clients.kubectl(args)).code === 0
  const path = '/apis/crd.projectcalico.org/v1/clusterinformations'
  const information = ['create', '--raw', path, '-f', join(place.etc, 'cluster.json')]
  await until(place, 'the API server is ready', 'kube-apiserver', kubectl('get', '--raw', '/readyz'))
  await until(
    place,
    "Calico's definitions are there",
    'kube-apiserver',
    kubectl('apply', '--validate=false', '-f', join(record.folders.manifests, 'crd')),
  )
  await until(place, "Calico's cluster information is there", 'kube-apiserver', kubectl(...information))
  await until(place, 'the node is ready', 'kubelet', () => nodeIsReady(clients))
  await until(place, 'Felix is ready', 'calico-felix', () => felixIsReady(record))
  await until(
    place,
    'pods can be made',
    'kube-controller-manager',
    kubectl('get', 'serviceaccount', 'default'),
  )
}
