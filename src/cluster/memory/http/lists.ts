import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { apiVersionOf } from '../../resource-types.js'
import { badRequest, type Refusal } from '../kinds/refusal.js'
import type { ServedType } from '../kinds/served-type.js'
import type { Store } from '../registry/store.js'

type Test = (object: KubeObject) => boolean
type Labels = Readonly<Record<string, string>>

const key = '[A-Za-z0-9._/-]+'
const value = '[A-Za-z0-9._-]*'
const requirement = new RegExp(
  `^\\s*(?:(!?)\\s*(${key})|(${key})\\s*(==?|!=)\\s*(${value})|(${key})\\s+(in|notin)\\s*\\(([^()]*)\\))\\s*$`,
)

const parseRequirement = (text: string): ((labels: Labels) => boolean) | undefined => {
  const match = requirement.exec(text)
  if (match === null) return undefined
  const [, not, present, compared = '', operator, wanted = '', listed = '', set, members = ''] = match
  if (present !== undefined) return (labels) => Object.hasOwn(labels, present) !== (not === '!')
  if (set !== undefined) {
    const among = new Set(members.split(',').map((member) => member.trim()))
    return (labels) => (Object.hasOwn(labels, listed) && among.has(labels[listed] ?? '')) === (set === 'in')
  }
  return (labels) => (Object.hasOwn(labels, compared) && labels[compared] === wanted) === (operator !== '!=')
}

/** Kubernetes' label selector: `app=web,tier in (a, b),!canary`. */
const parseLabelSelector = (text: string): E.Either<Refusal, Test> => {
  if (text.trim() === '') return E.right(() => true)
  const tests = text.split(/,(?![^(]*\))/).map(parseRequirement)
  const known = tests.filter((test) => test !== undefined)
  if (known.length < tests.length) return E.left(badRequest(`unable to parse requirement: ${text}`))
  return E.right(({ metadata }) => known.every((test) => test(metadata.labels ?? {})))
}

const fieldAt = (object: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined,
    object,
  )

const selectable = new Set([
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'status.phase',
  'involvedObject.kind',
  'involvedObject.name',
  'involvedObject.namespace',
  'involvedObject.uid',
  'reason',
  'type',
])

/** Kubernetes' field selector: `metadata.name=x,status.phase!=Failed`, on the fields that it knows. */
const parseFieldSelector = (text: string): E.Either<Refusal, Test> => {
  if (text === '') return E.right(() => true)
  const tests: Test[] = []
  for (const part of text.split(',')) {
    const [, field = '', operator, wanted = ''] = /^([\w.]+)(==?|!=)(.*)$/.exec(part) ?? []
    if (operator === undefined) return E.left(badRequest(`invalid field selector: "${text}"`))
    if (!selectable.has(field)) return E.left(badRequest(`field label not supported: ${field}`))
    tests.push(
      (object) => (String(fieldAt(object, field.split('.')) ?? '') === wanted) === (operator !== '!='),
    )
  }
  return E.right((object) => tests.every((test) => test(object)))
}

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
