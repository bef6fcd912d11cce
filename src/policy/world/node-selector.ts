import * as E from 'fp-ts/lib/Either.js'
import { matches } from '../../selector/match.js'
import { parseSelector } from '../../selector/parse.js'
import type { KnownNode } from './known-node.js'

/** Whether a nodeSelector means a node. One that cannot be read means none, the empty one all. */
export const meansNode = (selector: string, { labels = {} }: KnownNode): boolean => {
  const parsed = parseSelector(selector)
  return E.isRight(parsed) && matches(parsed.right, labels)
}
