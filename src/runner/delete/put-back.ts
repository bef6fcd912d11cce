import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { ClusterError } from '../../cluster/error.js'
import type { KubeObject } from '../../cluster/port.js'
import { isPatchedKind } from '../../model/patch.js'
import type { Leftover, Name, RestoredFields } from '../report.js'
import type { RunContext } from '../run-context.js'
import { changesBack } from '../state/field-change.js'
import { withoutMarks } from '../state/kept-metadata.js'
import { type LiveResource, readLive, recordOf } from '../state/live-resource.js'
import { ownerLabel, selfAnnotation } from '../state/owner-labels.js'
import { printField, recordAnnotation } from '../state/patch-record.js'
import { isPatchedFor, liveSpec, restored } from '../state/patched-spec.js'
import type { StoredBy } from '../state/stored-resource.js'

/** How putting back went. */
export interface PutBack {
  readonly restored: ReadonlyArray<RestoredFields>
  readonly left: ReadonlyArray<Leftover>
}

const pauseMs = 100
const patienceMs = 5_000

/** To be read, and decided, again. */
const open: ReadonlySet<ClusterError['_tag']> = new Set(['Conflict', 'Unanswered', 'NotFound'])

interface Change {
  readonly object: KubeObject
  readonly fields: RestoredFields
}

/** The object as it is to be stored, at the very version that was read; nothing where its record cannot be read. */
const withoutOwner = (owner: string, live: LiveResource): Change | undefined => {
  const record = recordOf(live, owner)
  if (record === undefined) return undefined
  const { spec, fields, kept } = restored(liveSpec(live.object.spec, live.resource), record)
  const unmarked = withoutMarks(live.object, {
    labels: live.owned ? [ownerLabel] : [],
    annotations: [recordAnnotation(owner), ...(live.owned ? [selfAnnotation] : [])],
  })
  return {
    object: { ...unmarked, spec },
    fields: { name: live.name, changes: changesBack(fields), kept: kept.map(printField) },
  }
}

const unreadable = (owner: string): string =>
  `what was set, and what it was before, cannot be read in its annotation ${recordAnnotation(owner)}`

/** Where fields are set for the owner, or why that cannot be told. */
const find = async (context: RunContext<StoredBy>) => {
  const kinds = context.settings.kinds.filter(isPatchedKind)
  const lists = await Promise.all(kinds.map((kind) => readLive(context, { kinds: [kind] })()))
  const { owner } = context.settings
  return {
    live: lists
      .flatMap((list) => (E.isRight(list) ? [...list.right.values()] : []))
      .filter((it) => isPatchedFor(owner, it)),
    unread: lists.flatMap((list, index) =>
      E.isLeft(list) ? [{ name: kinds[index] ?? '', cause: list.left.message }] : [],
    ),
  }
}

/**
 * Puts back what was set for the owner in objects that others own, each at the version that was read, and again where somebody
 * has written it in between. Goes through Kubernetes' own API, as deleting does.
 */
export const putBack = async (context: RunContext<StoredBy>): Promise<PutBack> => {
  const { cluster, settings, emit, signal } = context
  const done = new Map<Name, RestoredFields>()
  const failed = new Map<Name, Leftover>()
  const tried = new Map<Name, RestoredFields>()
  const end = Date.now() + patienceMs
  for (;;) {
    const { live, unread } = await find(context)
    for (const [name, fields] of tried) if (!live.some((it) => it.name === name)) done.set(name, fields)
    const rest = live.filter(({ name }) => !failed.has(name))
    const isOver = signal.aborted || Date.now() > end
    if (rest.length === 0 || isOver) {
      const late = rest.map(({ name }) => ({
        name,
        cause: 'it kept changing while its fields were put back',
      }))
      return { restored: [...done.values()], left: [...unread, ...failed.values(), ...late] }
    }
    emit({ _tag: 'Started', step: 'restore' })
    let isOpen = false
    for (const one of rest) {
      const { name } = one
      const change = withoutOwner(settings.owner, one)
      if (change === undefined) {
        failed.set(name, { name, cause: unreadable(settings.owner) })
        continue
      }
      const written = await cluster.replace(one.ref.type, change.object, context)()
      if (E.isRight(written)) {
        done.set(name, change.fields)
        emit({ _tag: 'Restored', object: name, fields: change.fields.changes.map(({ field }) => field) })
      } else if (open.has(written.left._tag)) {
        isOpen = true
        if (written.left._tag === 'Unanswered') tried.set(name, change.fields)
      } else failed.set(name, { name, cause: written.left.message })
    }
    if (isOpen) await sleep(pauseMs)
  }
}
