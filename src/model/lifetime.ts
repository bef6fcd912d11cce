import { isSameMinor, type Release, release, type Version } from './calico-version.js'

/** In which releases of Calico something is there: a field, a value, a rule. */
export interface Lifetime {
  /** The first release that has it; none where it is older than 3.20. */
  readonly since?: Release
  /** Earlier releases, each of an older minor, that were given it too. */
  readonly backports?: ReadonlyArray<Release>
  /** The first release without it. */
  readonly until?: Release
}

/** Whether the version is one of those that have it, as far as their beginning goes. */
export const hasCome = ({ since, backports = [] }: Lifetime, version: Version): boolean =>
  since === undefined ||
  version >= release(since) ||
  backports.map(release).some((first) => version >= first && isSameMinor(version, first))

export const hasGone = ({ until }: Lifetime, version: Version): boolean =>
  until !== undefined && version >= release(until)
