import { overlap } from '../state/json-path.js'
import type { LiveResource } from '../state/live-resource.js'
import { type PatchRecord, printField, recordAnnotation } from '../state/patch-record.js'

const quote = (owner: string): string => JSON.stringify(owner)

/** Why these fields cannot be set, or kept, for the owner. */
export const patchConflict = (owner: string, live: LiveResource, wanted: PatchRecord): string | undefined => {
  if (live.resource === undefined) return 'what is stored under its name cannot be read'
  if (live.owner !== undefined && !live.patches.has(live.owner))
    return live.owned
      ? 'this owner has applied it as a whole: go on so, or remove it first'
      : `the owner ${quote(live.owner)} has applied it as a whole`
  for (const [other, record] of live.patches) {
    if (record === undefined)
      return `its annotation ${recordAnnotation(other)}, which says what is set for the owner ${quote(other)}, cannot be read`
    const twice = wanted.find(({ path }) => record.some((field) => overlap(field.path, path)))
    if (other !== owner && twice !== undefined)
      return `${printField(twice.path)} is set for the owner ${quote(other)}`
  }
  return undefined
}
