import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/**
 * The same codec, which looks at an object once only. Objects in the store are never changed in place, and what is long in them, such as
 * the volumes of a Job's pods, they share: without this a Job of many pods is read through with each change of one of them.
 */
export const remembered = <A, O>(codec: t.Type<A, O>): t.Type<A, O> => {
  const known = new WeakMap<object, A>()
  return new t.Type(
    codec.name,
    codec.is,
    (value, context) => {
      const isObject = typeof value === 'object' && value !== null
      const before = isObject ? known.get(value) : undefined
      if (before !== undefined) return E.right(before)
      const decoded = codec.validate(value, context)
      if (isObject && E.isRight(decoded)) known.set(value, decoded.right)
      return decoded
    },
    codec.encode,
  )
}
