import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { alone } from './lock.js'
import { digest, type Place } from './place.js'

/** A folder of the cache that is made once for one set of inputs. */
export interface Cached {
  readonly name: string
  /** All that decides what is in the folder. */
  readonly inputs: ReadonlyArray<string>
  readonly fill: (folder: string) => Promise<void>
}

export const keyOf = ({ name, inputs }: Cached): string => `${name}-${digest(inputs.join('\0')).slice(0, 12)}`

export const isCached = (place: Place, cached: Cached): boolean =>
  existsSync(join(place.cache, keyOf(cached)))

/** The folder of the cache, made first if it is not there: in a part folder that is renamed when full. */
export const ensure = async (place: Place, cached: Cached): Promise<string> => {
  const folder = join(place.cache, keyOf(cached))
  if (existsSync(folder)) return folder
  return alone(join(place.cache, 'build.lock'), async () => {
    if (existsSync(folder)) return folder
    for (const entry of await readdir(place.cache)) {
      if (entry.startsWith('part-')) await rm(join(place.cache, entry), { recursive: true, force: true })
    }
    const part = join(place.cache, `part-${keyOf(cached)}`)
    await mkdir(part)
    await cached.fill(part)
    await rename(part, folder)
    return folder
  })
}
