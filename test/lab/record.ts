import { readFile, writeFile } from 'node:fs/promises'
import type { Network } from './network.js'
import type { Place } from './place.js'

/** What of Calico is in it: all of 3.28.5, or what its native mode leaves to Kubernetes. */
export type Mode = 'calico' | 'native'

/** What a running lab is, for whoever finds it. There is none before the lab is ready. */
export interface Record {
  /** Of all that it is made of: checkouts with the same key share it. */
  readonly key: string
  /** Who started it. */
  readonly checkout: string
  readonly started: string
  /** The minor version of its Kubernetes. */
  readonly kubernetes: string
  readonly mode: Mode
  readonly network: Network
  readonly folders: Folders
}

/** The folders of the cache that a lab runs from. */
export interface Folders {
  readonly etcd: string
  readonly probe: string
  readonly calico: string
  readonly kubernetes: string
  readonly manifests: string
  readonly images: string
  /** In native mode, what does to objects what Calico's processes do. */
  readonly native?: string
}

export const readRecord = async (place: Place): Promise<Record | undefined> => {
  const text = await readFile(place.record, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Record)
}

export const writeRecord = (place: Place, record: Record): Promise<void> =>
  writeFile(place.record, `${JSON.stringify(record, null, 2)}\n`)
