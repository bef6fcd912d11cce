import type { FieldChange } from '../report.js'
import type { Json } from './essence.js'
import type { Keys } from './json-path.js'
import { type PatchRecord, printField } from './patch-record.js'

/** A field of a spec that becomes another; absent on one side where it is not there. */
export const fieldChange = (path: Keys, from: Json | undefined, to: Json | undefined): FieldChange => ({
  field: printField(path),
  path: ['spec', ...path],
  change: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed',
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

/** What changes where the fields of a record get what they had before. */
export const changesBack = (record: PatchRecord): ReadonlyArray<FieldChange> =>
  record.map(({ path, to, from }) => fieldChange(path, to, from))
