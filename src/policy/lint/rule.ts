import type { Path } from '../../error.js'
import type { ResourceSet } from './resource-set.js'

/** What a rule of lint says of one of the resources. */
export interface Remark {
  /** The resource's place in the set. */
  readonly index: number
  readonly path: Path
  readonly message: string
  /** In place of the rule's remedy. */
  readonly hint?: string
}

/** A rule of lint: what it is about, and how to find it. */
export interface Rule {
  /** What is wrong. */
  readonly what: string
  /** What to do about it: a finding's hint, unless the case at hand has a better one. */
  readonly remedy: string
  /** Where Calico's code makes it so. */
  readonly source: string
  readonly find: (set: ResourceSet) => ReadonlyArray<Remark>
}
