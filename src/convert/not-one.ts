import type { Issue } from '../error.js'
import { isPlain } from '../model/json.js'

const isList = (value: unknown): boolean =>
  Array.isArray(value) || (isPlain(value) && typeof value.kind === 'string' && value.kind.endsWith('List'))

/** What is to be said of several policies, where one is expected: the fields would say it four times, and no remedy. */
export const notOne = (value: unknown): Issue | undefined =>
  isList(value)
    ? {
        rule: 'kubernetes-list',
        path: Array.isArray(value) ? [] : ['kind'],
        message: 'this is a list, and fromKubernetes converts one policy',
        hint: 'convert its items one by one; the command `typed-calico convert` takes lists',
      }
    : undefined
