import type { ProgramRun } from '../../cluster/memory.js'
import { minorOf } from '../../model/calico-version.js'
import type { Arguments } from './arguments.js'
import type { Client } from './client.js'

/** What one call of calicoctl works with. */
export interface Call {
  /** calicoctl's own: `v3.28.5`. */
  readonly version: string
  readonly client: Client
  readonly run: ProgramRun
  readonly args: Arguments
}

/** What calicoctl prints: on stdout, and the error that it ends with. */
export interface Printed {
  readonly stdout: string
  readonly error?: string
}

/** Since 3.31 errors begin in lower case. */
export const worded = (version: string, error: string): string =>
  minorOf(version) < 31 ? error : `${error.charAt(0).toLowerCase()}${error.slice(1)}`

export const failed = (error: string): Printed => ({ stdout: '', error })
