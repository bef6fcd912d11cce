import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cached, ensure, isCached } from './cached.js'
import { images } from './images.js'
import { digest, type Place, source } from './place.js'
import { calicoNode, etcd, kubernetes, manifests, otherCalicoctl, probe } from './products.js'
import type { Folders } from './record.js'
import { goObstacle } from './requirements.js'

/** All that the cache must have for a lab. */
const partsOf = async () => ({
  kubernetes: await kubernetes(),
  etcd: await etcd(),
  calico: await calicoNode(),
  otherCalicoctl: await otherCalicoctl(),
  probe: await probe(),
  manifests: await manifests(),
})

/** Why what is not in the cache cannot be built here, in a line; undefined where nothing is in the way. */
export const partsObstacle = async (place: Place): Promise<string | undefined> => {
  const parts: ReadonlyArray<Cached> = Object.values(await partsOf())
  return parts.every((part) => isCached(place, part)) ? undefined : goObstacle()
}

/** Builds what is not in the cache, and answers where all of it is. */
export const ensureParts = async (place: Place): Promise<Folders> => {
  const parts = await partsOf()
  const programs = {
    etcd: await ensure(place, parts.etcd),
    probe: await ensure(place, parts.probe),
    calico: await ensure(place, parts.calico),
    kubernetes: await ensure(place, parts.kubernetes),
    manifests: await ensure(place, parts.manifests),
  }
  const otherCalicoctl = await ensure(place, parts.otherCalicoctl)
  return { ...programs, images: await ensure(place, await images({ ...programs, otherCalicoctl })) }
}

/** Names a lab by all it is made of: these parts and the configuration in etc. */
export const keyOfLab = async (folders: Folders): Promise<string> => {
  const files = (await readdir(join(source, 'etc'))).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(source, 'etc', file), 'utf8')))
  return digest([JSON.stringify(folders), ...texts].join('\0')).slice(0, 12)
}
