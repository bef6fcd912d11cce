import type { RunContext } from '../run-context.js'
import type { RunSpec } from './job.js'

/** A run by a pod under way: its call, and what its objects are made of. */
export interface JobRunContext extends RunContext {
  readonly spec: RunSpec
}
