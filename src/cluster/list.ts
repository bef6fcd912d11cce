import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Answer, type Ask, json } from './ask.js'
import type { ClusterError } from './error.js'
import { decodeObject } from './object.js'
import { collectionPath, printType } from './path.js'
import type { KubeObject, ListOptions, ObjectList, ResourceType } from './port.js'

const Page = t.type({
  metadata: t.partial({ resourceVersion: t.string, continue: t.string }),
  items: t.array(t.unknown),
})

interface Page extends ObjectList {
  readonly next: string | undefined
}

/** A list in a reply, or a page of one. */
export const decodePage =
  (type: ResourceType) =>
  (value: unknown): E.Either<unknown, Page> => {
    const page = Page.decode(value)
    if (E.isLeft(page)) return page
    const { resourceVersion = '', continue: next } = page.right.metadata
    const items: KubeObject[] = []
    for (const item of page.right.items) {
      const object = decodeObject(type, item)
      if (E.isLeft(object)) return object
      items.push(object.right)
    }
    return E.right({ resourceVersion, items, next: next || undefined })
  }

/** No list that the Runner asks for comes near it: one that does, has no end. */
const mostItems = 200_000

const endless = (request: string): ClusterError => ({
  _tag: 'Unanswered',
  request,
  message: `${request}: the list does not end: there was more after ${mostItems} objects, or after a page that had come before`,
})

/** How often a long list, of whose objects little is kept, is begun again. */
const mostRestarts = 3

/**
 * All pages of a list. Where its snapshot expires between two pages (410), the whole is asked for at once, once; with
 * `keep`, where the whole may be more than fits, in pages again.
 */
export const listing =
  (ask: Ask, pageSize: number) =>
  async (type: ResourceType, options: ListOptions | undefined): Answer<ObjectList> => {
    const { namespace, labelSelector, fieldSelector, keep } = options ?? {}
    const request = `list ${printType(type)}${namespace === undefined ? '' : ` in ${namespace}`}`
    const path = collectionPath(type, namespace)
    let limit: string | undefined = String(type.pageSize ?? pageSize)
    let items: KubeObject[] = []
    let [count, restarts] = [0, 0]
    const seen = new Set<string>()
    for (let from: string | undefined; ; ) {
      const query = { limit, continue: from, labelSelector, fieldSelector }
      const page: E.Either<ClusterError, Page> = await ask(
        { method: 'GET', request, path, query, options },
        json(decodePage(type)),
      )
      if (E.isLeft(page)) {
        const expired = from !== undefined && page.left._tag === 'Rejected' && page.left.status === 410
        if (!expired || limit === undefined || restarts === mostRestarts) return page
        if (keep === undefined) limit = undefined
        ;[items, from, count, restarts] = [[], undefined, 0, restarts + 1]
        seen.clear()
        continue
      }
      count += page.right.items.length
      for (const item of page.right.items) {
        const kept = keep === undefined ? item : keep(item)
        if (kept !== undefined) items.push(kept)
      }
      from = page.right.next
      if (from === undefined) return E.right({ resourceVersion: page.right.resourceVersion, items })
      if (seen.has(from) || count > mostItems) return E.left(endless(request))
      seen.add(from)
    }
  }
