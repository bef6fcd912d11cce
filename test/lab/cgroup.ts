import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './place.js'

const root = '/sys/fs/cgroup'
const controllers = join(root, 'cgroup.controllers')

/** All that cgroups are made in: one hierarchy in version 2; in version 1 one for each controller. */
const hierarchies = async (): Promise<ReadonlyArray<string>> => {
  if (existsSync(controllers)) return [root]
  const entries = await readdir(root)
  return [...new Set(await Promise.all(entries.map((entry) => realpath(join(root, entry)))))]
}

/** In version 2 a cgroup has the controllers that the one above hands down: here those that kubelet asks for. */
const handDown = async (): Promise<void> => {
  if (!existsSync(controllers)) return
  const there = (await readFile(controllers, 'utf8')).trim().split(' ')
  const asked = ['cpu', 'cpuset', 'hugetlb', 'memory', 'pids'].filter((name) => there.includes(name))
  await writeFile(join(root, 'cgroup.subtree_control'), asked.map((name) => `+${name}`).join(' '))
}

/** In version 1 a new cpuset is empty, and takes no process. */
const fillCpuset = async (hierarchy: string, folder: string): Promise<void> => {
  if (!hierarchy.includes('cpuset')) return
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    await writeFile(join(folder, file), await readFile(join(hierarchy, file)))
  }
}

/** A cgroup of the lab's own in each hierarchy: two kubelets under one root end each other's pods. */
export const makeCgroups = async (place: Place): Promise<void> => {
  await handDown()
  for (const hierarchy of await hierarchies()) {
    if (hierarchy.endsWith('/unified')) continue
    const folder = join(hierarchy, place.id)
    await mkdir(folder, { recursive: true })
    await fillCpuset(hierarchy, folder)
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
