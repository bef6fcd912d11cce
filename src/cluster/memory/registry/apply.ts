import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { timestamp } from '../kinds/clock.js'
import { record, same } from '../kinds/json.js'
import type { Refusal } from '../kinds/refusal.js'
import { fieldsOf, keysOf, printField } from './field-set.js'
import { type Share, sharesOf, withShares } from './managed-fields.js'

export interface ApplyAs {
  readonly manager: string
  readonly force: boolean
  readonly now: number
}

const set = (value: unknown, [key, ...rest]: ReadonlyArray<string>, to: unknown): unknown => {
  if (key === undefined) return to
  const { [key]: child, ...others } = record(value)
  const next = set(child, rest, to)
  return next === undefined ? others : { ...others, [key]: next }
}

const conflicts = (disputed: ReadonlyArray<readonly [Share, string]>): Refusal => {
  const lines = disputed.map(([{ manager }, path]) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with "${manager}"`,
    field: printField(path),
  }))
  const plural = lines.length === 1 ? 'conflict' : 'conflicts'
  return {
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${lines.length} ${plural}: ${lines.map(({ message, field }) => `${message}: ${field}`).join(', ')}`,
    details: { causes: lines },
  }
}

/** Server-side apply: what `intent` says laid over `live`, or the fields that somebody else set to another value. */
export const applied = (
  live: KubeObject,
  intent: KubeObject,
  { manager, force, now }: ApplyAs,
): E.Either<Refusal, KubeObject> => {
  const wanted = fieldsOf(intent)
  const current = fieldsOf(live)
  const shares = sharesOf(live)
  const isMine = (share: Share): boolean => share.manager === manager && share.operation === 'Apply'
  const others = shares.filter((share) => !isMine(share))
  const disputed = others.flatMap((share) =>
    [...share.fields]
      .filter((path) => wanted.has(path) && !same(wanted.get(path), current.get(path)))
      .map((path) => [share, path] as const),
  )
  if (disputed.length > 0 && !force) return E.left(conflicts(disputed))

  const left = others.map((share) => ({
    ...share,
    fields: new Set(
      [...share.fields].filter((path) => !disputed.some(([by, lost]) => by === share && lost === path)),
    ),
  }))
  const given = shares.filter(isMine).flatMap((share) => [...share.fields])
  const dropped = given.filter((path) => !wanted.has(path) && !left.some(({ fields }) => fields.has(path)))
  const changes = [...dropped.map((path) => [path, undefined] as const), ...wanted]
  const fields = changes.reduce<unknown>((object, [path, value]) => set(object, keysOf(path), value), live)
  const before = shares.find(isMine)
  const unchanged = before !== undefined && same([...before.fields].sort(), [...wanted.keys()].sort())
  const time = unchanged ? before.time : timestamp(now)
  const mine: Share = { manager, operation: 'Apply', time, fields: new Set(wanted.keys()) }
  return E.right(withShares({ ...live, ...record(fields) }, [...left, mine]))
}
