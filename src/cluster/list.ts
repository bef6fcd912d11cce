import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Answer, type Ask, json } from './ask.js'
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

const longestRestarts = 5

/** All pages of a list. It starts afresh when its snapshot expires between two pages (410). */
export const listing =
  (ask: Ask, pageSize: number) =>
  async (type: ResourceType, options: ListOptions | undefined, restarts = 0): Answer<ObjectList> => {
    const { namespace, labelSelector, fieldSelector } = options ?? {}
    const items: KubeObject[] = []
    for (let from: string | undefined; ; ) {
      const page = await ask(
        {
          method: 'GET',
          request: `list ${printType(type)}${namespace === undefined ? '' : ` in ${namespace}`}`,
          path: collectionPath(type, namespace),
          query: {
            limit: String(type.pageSize ?? pageSize),
            continue: from,
            labelSelector,
            fieldSelector,
          },
          options,
        },
        json(decodePage(type)),
      )
      if (E.isLeft(page)) {
        const expired = from !== undefined && page.left._tag === 'Rejected' && page.left.status === 410
        return expired && restarts < longestRestarts
          ? listing(ask, pageSize)(type, options, restarts + 1)
          : page
      }
      items.push(...page.right.items)
      from = page.right.next
      if (from === undefined) return E.right({ resourceVersion: page.right.resourceVersion, items })
    }
  }
