import type { Preconditions, Ref } from '../../cluster/port.js'
import type { Name } from '../report.js'

/** An object whose ownership was proven when it was read at this very version. */
export interface Proven {
  readonly name: Name
  readonly ref: Ref
  readonly only: Preconditions
  /** It is being deleted already, and waits for this. */
  readonly waitsFor?: string
}
