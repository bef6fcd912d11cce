import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { must } from './command.js'
import { supervisor } from './down.js'
import type { Place } from './place.js'

/** Imports an archive of images, in a folder of the cache, into the running lab. */
export const importImages = async (place: Place, folder: string): Promise<void> => {
  const pid = `${await supervisor(place)}`
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  const inside = join(folder.replace(place.cache, '/mnt'), 'images.tar')
  const ctr = ['ctr', '--namespace', 'k8s.io', 'images', 'import', inside]
  await must('nsenter', ['--target', children.trim(), '--mount', ...ctr])
}
