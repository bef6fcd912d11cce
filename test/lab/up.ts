import { spawn } from 'node:child_process'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeCgroups } from './cgroup.js'
import { configure } from './configuration.js'
import { clear, supervisor } from './down.js'
import { apiServerFlags, mutatingAdmission, type Release } from './kubernetes.js'
import { alone } from './lock.js'
import { chooseNetwork, connect, type Network } from './network.js'
import { keyOfLab, partsObstacle, partsOf } from './parts.js'
import { checkout, type Place } from './place.js'
import { bringUp, isHealthy } from './ready.js'
import { type Folders, type Mode, type Record, writeRecord } from './record.js'
import { installPackages, machineObstacle } from './requirements.js'
import { releaseFor, running } from './running.js'
import { say } from './say.js'

/** All that a lab is made of. */
interface Make {
  readonly release: Release
  readonly mode: Mode
  readonly folders: Folders
  /** Names all of it. */
  readonly key: string
}

/** Starts process 1 of the lab, detached from this one. */
const start = async (place: Place, network: Network, { folders, release }: Make): Promise<void> => {
  const programs = [folders.kubernetes, folders.etcd, folders.calico]
  const inside = (folder: string) => folder.replace(place.cache, '/mnt')
  const log = await open(join(place.logs, 'inside.log'), 'a')
  const namespaces = ['--mount', '--net', '--pid', '--uts', '--fork', '--kill-child', '--mount-proc']
  const child = spawn(
    'flock',
    [
      ...['--nonblock', '--no-fork', place.alive],
      ...['sh', '-c', 'echo $$ > "$0"; exec "$@"', place.pid],
      ...['unshare', ...namespaces, 'bash', join(place.etc, 'inside.sh')],
    ],
    {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: {
        PATH: [...programs.map(inside), '/usr/sbin:/usr/bin:/sbin:/bin'].join(':'),
        CACHE: place.cache,
        NAME: place.name,
        ID: place.id,
        ADDRESS: network.address,
        GATEWAY: network.gateway,
        SERVICES: network.services,
        API_SERVER_FLAGS: apiServerFlags(release),
        IMAGES: inside(join(folders.images, 'images.tar')),
        NATIVE: folders.native ? inside(join(folders.native, 'native')) : '',
      },
    },
  )
  child.unref()
  await log.close()
}

/** The process that has the lab's network namespace: there when unshare has made its child. */
const namespaced = async (place: Place): Promise<number> => {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(20)) {
    const pid = await supervisor(place)
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    if (pid !== undefined && children.trim() !== '') return pid
  }
  throw new Error(`the lab's namespaces were not made: see ${place.logs}/inside.log`)
}

const startAnew = async (place: Place, make: Make): Promise<Record> => {
  await clear(place)
  await rm(place.logs, { recursive: true, force: true })
  await mkdir(place.logs, { recursive: true })
  const network = await chooseNetwork(place)
  const { release, mode, folders, key } = make
  const record = {
    key,
    checkout,
    started: new Date().toISOString(),
    kubernetes: release.minor,
    mode,
    network,
    folders,
  }
  await configure(place, network)
  await makeCgroups(place)
  say('starting')
  await start(place, network, make)
  await connect(place, network, await namespaced(place))
  await bringUp(place, record)
  await writeRecord(place, record)
  return record
}

const heldBy = (place: Place, { checkout, started }: Record): string =>
  `the lab "${place.name}" runs since ${started}, was started from ${checkout}, and is made of other parts: ` +
  'end it with `npm run lab -- down`, or use one of your own with TYPED_CALICO_LAB=NAME'

/** Why the lab cannot run here, in a line; undefined where it can. */
export const obstacle = async (place: Place): Promise<string | undefined> =>
  (await machineObstacle()) ?? (await partsObstacle(place))

/** The lab that runs and works; fails if it is made of other parts. */
const shared = async (place: Place, key: string): Promise<Record | undefined> => {
  const record = await running(place)
  if (record && record.key !== key) throw new Error(heldBy(place, record))
  if (!record || !(await isHealthy(place, record))) return undefined
  say(`up since ${record.started} on Kubernetes ${record.kubernetes}, started from ${record.checkout}`)
  return record
}

const restart = async (place: Place, make: Make): Promise<Record> => {
  const there = await shared(place, make.key)
  if (there) return there
  if (await supervisor(place)) {
    say((await running(place)) ? 'it does not work: ending it' : 'its start was not finished: ending it')
  }
  try {
    const record = await startAnew(place, make)
    say(`up: export KUBECONFIG=${place.kubeconfig}`)
    return record
  } catch (error) {
    await clear(place)
    throw error
  }
}

/** Brings the lab up, or shares the one that runs, and answers what it is. While it builds, others may use that. */
export const up = async (place: Place, mode: Mode = 'calico'): Promise<Record> => {
  await installPackages()
  const release = await releaseFor(place)
  if (mode === 'native' && !mutatingAdmission(release)) {
    throw new Error(`Calico's native mode needs Kubernetes 1.34 or newer, and this is ${release.version}`)
  }
  const { folders, build } = await partsOf(place, release, mode)
  const make = { release, mode, folders, key: await keyOfLab(folders) }
  const there = await shared(place, make.key)
  if (there) return there
  await build()
  return alone(place.lock, () => restart(place, make))
}
