import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
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

/**
 * The folder of the cache, made first if it is not there: in a part folder that is renamed when full. Others
 * may make other folders meanwhile.
 */
export const ensure = async (place: Place, cached: Cached): Promise<string> => {
  const folder = join(place.cache, keyOf(cached))
  if (existsSync(folder)) return folder
  return alone(join(place.cache, 'locks', keyOf(cached)), async () => {
    if (existsSync(folder)) return folder
    const part = join(place.cache, 'parts', keyOf(cached))
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { recursive: true })
    await cached.fill(part)
    await rename(part, folder)
    return folder
  })
}
