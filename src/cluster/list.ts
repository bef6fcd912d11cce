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
  message: `${request}: the list has no end: after ${mostItems} objects, or at a page that was there before, there were more`,
})

/** All pages of a list. Where its snapshot expires between two pages (410), the whole is asked for at once, once. */
export const listing =
  (ask: Ask, pageSize: number) =>
  async (type: ResourceType, options: ListOptions | undefined): Answer<ObjectList> => {
    const { namespace, labelSelector, fieldSelector } = options ?? {}
    const request = `list ${printType(type)}${namespace === undefined ? '' : ` in ${namespace}`}`
    const path = collectionPath(type, namespace)
    let limit: string | undefined = String(type.pageSize ?? pageSize)
    let items: KubeObject[] = []
    const seen = new Set<string>()
    for (let from: string | undefined; ; ) {
      const query = { limit, continue: from, labelSelector, fieldSelector }
      const page: E.Either<ClusterError, Page> = await ask(
        { method: 'GET', request, path, query, options },
        json(decodePage(type)),
      )
      if (E.isLeft(page)) {
        const expired = from !== undefined && page.left._tag === 'Rejected' && page.left.status === 410
        if (!expired || limit === undefined) return page
        ;[limit, items, from] = [undefined, [], undefined]
        seen.clear()
        continue
      }
      items.push(...page.right.items)
      from = page.right.next
      if (from === undefined) return E.right({ resourceVersion: page.right.resourceVersion, items })
      if (seen.has(from) || items.length > mostItems) return E.left(endless(request))
      seen.add(from)
    }
  }
