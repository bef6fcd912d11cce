import { readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeCgroups } from './cgroup.js'
import { held } from './lock.js'
import { disconnect } from './network.js'
import type { Place } from './place.js'

/** The lab's first process, whose end ends all others; undefined when none of them lives. */
export const supervisor = async (place: Place): Promise<number | undefined> => {
  const pid = (await readFile(place.pid, 'utf8').catch(() => '')).trim()
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.startsWith('unshare') && (await held(place.alive)) ? Number(pid) : undefined
}

/**
 * Ends the lab and removes what is left of it on the machine, be it running, killed or half started.
 * Only its logs stay, in the cache.
 */
export const clear = async (place: Place): Promise<void> => {
  const pid = await supervisor(place)
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  for (let tries = 200; await held(place.alive); tries -= 1) {
    if (tries === 0) throw new Error(`processes of the lab still hold ${place.alive}`)
    await sleep(50)
  }
  await disconnect(place)
  await removeCgroups(place)
  for (const file of [place.pid, place.record, place.kubeconfig, place.etc, place.alive]) {
    await rm(file, { recursive: true, force: true })
  }
}
