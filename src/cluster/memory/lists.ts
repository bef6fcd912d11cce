import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { apiVersionOf } from '../object.js'
import type { KubeObject } from '../port.js'
import { parseFieldSelector, parseLabelSelector } from './selector.js'
import type { ServedType } from './served-type.js'
import type { Refusal } from './status.js'
import type { Store } from './store.js'

export interface Lists {
  /** One page of a list, as the body of the reply. */
  readonly page: (
    type: ServedType,
    namespace: string | undefined,
    query: Readonly<Record<string, string>>,
  ) => E.Either<Refusal, unknown>
  /** Forgets all snapshots, as etcd's compaction does: lists that are under way get 410. */
  readonly compact: () => void
}

interface Snapshot {
  readonly revision: string
  readonly items: ReadonlyArray<KubeObject>
}

const keptSnapshots = 100

const expired: Refusal = {
  code: 410,
  reason: 'Expired',
  message: 'The provided continue parameter is too old to display a consistent list result.',
}

/** Lists in pages. All pages of one list show the same moment. */
export const createLists = (store: Store): Lists => {
  const snapshots = new Map<string, Snapshot>()

  const remember = (snapshot: Snapshot): string => {
    const token = randomUUID()
    snapshots.set(token, snapshot)
    for (const [oldest] of snapshots) {
      if (snapshots.size <= keptSnapshots) break
      snapshots.delete(oldest)
    }
    return token
  }

  const start = (
    type: ServedType,
    namespace: string | undefined,
    query: Readonly<Record<string, string>>,
  ): E.Either<Refusal, Snapshot> => {
    const labels = parseLabelSelector(query.labelSelector ?? '')
    if (E.isLeft(labels)) return labels
    const fields = parseFieldSelector(query.fieldSelector ?? '')
    if (E.isLeft(fields)) return fields
    const items = store.list(type, namespace).filter((object) => labels.right(object) && fields.right(object))
    return E.right({ revision: store.revision(), items })
  }

  return {
    page: (type, namespace, query) => {
      const token = query.continue ?? ''
      const resumed = snapshots.get(token)
      if (token !== '' && resumed === undefined) return E.left(expired)
      const from = resumed === undefined ? start(type, namespace, query) : E.right(resumed)
      if (E.isLeft(from)) return from
      const { revision, items } = from.right
      const limit = Number(query.limit ?? 0) || items.length
      const rest = items.slice(limit)
      const more =
        rest.length === 0
          ? {}
          : { continue: remember({ revision, items: rest }), remainingItemCount: rest.length }
      return E.right({
        kind: `${type.kind}List`,
        apiVersion: apiVersionOf(type),
        metadata: { resourceVersion: revision, ...more },
        items: items.slice(0, limit),
      })
    },
    compact: () => snapshots.clear(),
  }
}
