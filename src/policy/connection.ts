import type { Traffic } from './traffic.js'

/** What gets through from one endpoint to another. What is in neither list is denied. */
export interface Connection {
  readonly from: string
  readonly to: string
  /** The part of a `Network` that this is about, where not all of it fares alike: CIDRs, or `first-last`. */
  readonly addresses?: ReadonlyArray<string>
  readonly allowed: ReadonlyArray<Traffic>
  /** What hangs on what is not given: endpoints of services, HTTP, addresses and ports of pods. */
  readonly unknown: ReadonlyArray<Traffic>
}

/** For each pair its connection, or several with `addresses`. Plain data, the same for policies that do the same. */
export type Connectivity = ReadonlyArray<Connection>

export type Through = Pick<Connection, 'allowed' | 'unknown'>
