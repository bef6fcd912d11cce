import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cached, ensure, isCached } from './cached.js'
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

/** All that the cache must have for a lab. */
const partsOf = async (release: Release) => ({
  kubernetes: await kubernetes(release),
  etcd: await etcd(),
  calico: await calicoNode(),
  otherCalicoctl: await otherCalicoctl(),
  probe: await probe(),
  manifests: await manifests(),
})

/** Why what is not in the cache cannot be built here, in a line; undefined where nothing is in the way. */
export const partsObstacle = async (place: Place): Promise<string | undefined> => {
  const release = await releaseFor(place)
  const parts: ReadonlyArray<Cached> = Object.values(await partsOf(release))
  return parts.every((part) => isCached(place, part)) ? undefined : goObstacle(release.go)
}

/** Builds what is not in the cache, and answers where all of it is. */
export const ensureParts = async (place: Place, release: Release, mode: Mode): Promise<Folders> => {
  const parts = await partsOf(release)
  const make = (part: Cached) => ensure(place, part)
  const others = async () => ({
    etcd: await make(parts.etcd),
    probe: await make(parts.probe),
    calico: await make(parts.calico),
    otherCalicoctl: await make(parts.otherCalicoctl),
    manifests: await make(parts.manifests),
  })
  // Two at once: while Go links a program, it leaves a core to the other.
  const [made, kubernetesFolder] = await Promise.all([others(), make(parts.kubernetes)])
  const { otherCalicoctl, ...folders } = made
  return {
    ...folders,
    kubernetes: kubernetesFolder,
    images: await make(await images({ ...folders, otherCalicoctl })),
    ...(mode === 'native' ? { native: await make(await nativeControllers()) } : {}),
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
