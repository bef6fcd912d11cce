import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cached, ensure, isCached, keyOf } from './cached.js'
import { images } from './images.js'
import type { Release } from './kubernetes.js'
import { digest, type Place, source } from './place.js'
import {
  calicoNode,
  etcd,
  kubernetes,
  manifests,
  nativeControllers,
  otherCalicoctl,
  probe,
} from './products.js'
import type { Folders, Mode } from './record.js'
import { goObstacle } from './requirements.js'
import { releaseFor } from './running.js'

/** What a lab is made of: where it is in the cache once it is built. */
export interface Parts {
  readonly folders: Folders
  /** Builds what is not in the cache. */
  readonly build: () => Promise<void>
}

const programsOf = async (release: Release) => ({
  kubernetes: await kubernetes(release),
  etcd: await etcd(),
  probe: await probe(),
  calico: await calicoNode(),
  otherCalicoctl: await otherCalicoctl(),
  manifests: await manifests(),
})

/** Why what is not in the cache cannot be built here, in a line; undefined where nothing is in the way. */
export const partsObstacle = async (place: Place): Promise<string | undefined> => {
  const release = await releaseFor(place)
  const programs: ReadonlyArray<Cached> = Object.values(await programsOf(release))
  return programs.every((part) => isCached(place, part)) ? undefined : goObstacle(release.go)
}

export const partsOf = async (place: Place, release: Release, mode: Mode): Promise<Parts> => {
  const folder = (part: Cached): string => join(place.cache, keyOf(part))
  const { kubernetes, ...programs } = await programsOf(release)
  const { etcd, probe, calico, otherCalicoctl, manifests } = programs
  const built = { probe: folder(probe), calico: folder(calico), otherCalicoctl: folder(otherCalicoctl) }
  const packed = await images(built)
  const native = mode === 'native' ? await nativeControllers() : undefined
  const others: ReadonlyArray<Cached> = [...Object.values(programs), packed, ...(native ? [native] : [])]
  const make = async (parts: ReadonlyArray<Cached>): Promise<void> => {
    for (const part of parts) await ensure(place, part)
  }
  return {
    folders: {
      etcd: folder(etcd),
      probe: built.probe,
      calico: built.calico,
      kubernetes: folder(kubernetes),
      manifests: folder(manifests),
      images: folder(packed),
      ...(native ? { native: folder(native) } : {}),
    },
    // Two at once: while Go links a program, it leaves a core to the other.
    build: async () => void (await Promise.all([make([kubernetes]), make(others)])),
  }
}

/** Names a lab by all it is made of: these parts, and the configuration in etc and native. */
export const keyOfLab = async (folders: Folders): Promise<string> => {
  const files = folders.native ? ['native/admission.yaml', 'native/definitions.yaml'] : []
  const configuration = (await readdir(join(source, 'etc'))).sort().map((file) => `etc/${file}`)
  const texts = await Promise.all(
    [...configuration, ...files].map((file) => readFile(join(source, file), 'utf8')),
  )
  return digest([JSON.stringify(folders), ...texts].join('\0')).slice(0, 12)
}
