import type { Fill } from './admission/admission.js'
import type { AskGuard } from './admission/guard.js'
import type { Controller } from './controllers/loop.js'

/** What is installed in the cluster beside Kubernetes itself: its admission and its controllers. */
export interface Extension {
  readonly fill?: Fill
  readonly guard?: AskGuard
  readonly controllers?: ReadonlyArray<Controller>
}
