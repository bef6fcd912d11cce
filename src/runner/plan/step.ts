import type { Resource } from '../../model/resource.js'
import type { PlanItem } from '../report.js'
import type { LiveResource } from '../state/live-resource.js'
import type { PatchRecord } from '../state/patch-record.js'

/** What is done about one resource. */
export interface Step {
  readonly item: PlanItem
  readonly create?: Resource
  readonly replace?: Resource
  readonly remove?: LiveResource
  /** Of one whose fields are set or put back: what is then recorded of the owner. */
  readonly record?: PatchRecord
}
