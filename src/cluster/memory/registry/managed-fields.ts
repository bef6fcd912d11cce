import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { KubeObject } from '../../port.js'
import { timestamp } from '../kinds/clock.js'
import { same } from '../kinds/json.js'
import { fieldsOf, fromFieldsV1, toFieldsV1 } from './field-set.js'

/** Who set which fields, by which kind of call. */
export interface Share {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly time: string
  readonly fields: ReadonlySet<string>
}

const Entry = t.type({
  manager: t.string,
  operation: t.union([t.literal('Apply'), t.literal('Update')]),
  time: t.string,
  fieldsV1: t.unknown,
})

const sharesOf = (object: KubeObject | undefined): ReadonlyArray<Share> =>
  (object?.metadata.managedFields ?? []).flatMap((entry) => {
    const decoded = Entry.decode(entry)
    if (E.isLeft(decoded)) return []
    const { fieldsV1, ...rest } = decoded.right
    return [{ ...rest, fields: new Set(fromFieldsV1(fieldsV1)) }]
  })

/** The object with the shares written into its `managedFields`. */
const withShares = (object: KubeObject, shares: ReadonlyArray<Share>): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    managedFields: shares
      .filter(({ fields }) => fields.size > 0)
      .map(({ fields, ...share }) => ({
        ...share,
        apiVersion: object.apiVersion,
        fieldsType: 'FieldsV1',
        fieldsV1: toFieldsV1(fields),
      })),
  },
})

/** The object after a create or an update: `manager` owns what it changed, and nobody owns what is gone. */
export const manage = (
  old: KubeObject | undefined,
  next: KubeObject,
  manager: string,
  now: number,
): KubeObject => {
  const before = old === undefined ? new Map<string, unknown>() : fieldsOf(old)
  const after = fieldsOf(next)
  const changed = [...after].filter(([path, value]) => !before.has(path) || !same(before.get(path), value))
  const mine = new Set(changed.map(([path]) => path))
  const others = sharesOf(old).map((share) => ({
    ...share,
    fields: new Set([...share.fields].filter((path) => after.has(path) && !mine.has(path))),
  }))
  const own = others.find((share) => share.manager === manager && share.operation === 'Update')
  const updated: Share = {
    manager,
    operation: 'Update',
    time: timestamp(now),
    fields: new Set([...(own?.fields ?? []), ...mine]),
  }
  return withShares(next, [...others.filter((share) => share !== own), updated])
}
