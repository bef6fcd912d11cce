import { supervisor } from './down.js'
import { type Release, releaseOf } from './kubernetes.js'
import type { Place } from './place.js'
import { type Record, readRecord } from './record.js'

/** What the lab is, while its first process lives and its start was finished. */
export const running = async (place: Place): Promise<Record | undefined> =>
  (await supervisor(place)) === undefined ? undefined : readRecord(place)

/** The Kubernetes that was asked for, else that of the lab that runs, else the newest. */
export const releaseFor = async (place: Place): Promise<Release> =>
  releaseOf(place.kubernetes ?? (await running(place))?.kubernetes)
