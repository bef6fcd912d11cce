import { mkdir, readdir, readFile, realpath, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './place.js'

const hierarchies = async (): Promise<ReadonlyArray<string>> => {
  const root = '/sys/fs/cgroup'
  const entries = await readdir(root)
  return [...new Set(await Promise.all(entries.map((entry) => realpath(join(root, entry)))))]
}

/** A cgroup of the lab's own under each controller: two kubelets under one root end each other's pods. */
export const makeCgroups = async (place: Place): Promise<void> => {
  for (const hierarchy of await hierarchies()) {
    if (hierarchy.endsWith('/unified')) continue
    const folder = join(hierarchy, place.id)
    await mkdir(folder, { recursive: true })
    if (!hierarchy.includes('cpuset')) continue
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      await writeFile(join(folder, file), await readFile(join(hierarchy, file)))
    }
  }
}

const removeTree = async (folder: string): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name))
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** A cgroup stays busy for a moment after its last process was killed. */
export const removeCgroups = async (place: Place): Promise<void> => {
  for (const hierarchy of await hierarchies()) {
    const folder = join(hierarchy, place.id)
    for (let tries = 50; ; tries -= 1) {
      try {
        await removeTree(folder)
        break
      } catch (error) {
        if (tries === 0) throw error
        await sleep(100)
      }
    }
  }
}
