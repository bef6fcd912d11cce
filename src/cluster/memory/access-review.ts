import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { isAllowed } from './rbac.js'
import { badRequest, type Refusal } from './status.js'
import type { Store } from './store.js'
import { record } from './strategy.js'
import type { User } from './user.js'

const Attributes = t.partial({
  verb: t.string,
  group: t.string,
  resource: t.string,
  subresource: t.string,
  namespace: t.string,
  name: t.string,
})

/** Answers `SelfSubjectAccessReview`: may this user do that? */
export const reviewAccess = (store: Store, user: User, body: unknown): E.Either<Refusal, unknown> => {
  const { spec } = record(body)
  const decoded = Attributes.decode(record(spec).resourceAttributes)
  if (E.isLeft(decoded)) return E.left(badRequest('spec.resourceAttributes is required'))
  const { verb = '', group = '', resource = '', subresource, namespace = '', name = '' } = decoded.right
  const allowed = isAllowed(store, user, {
    verb,
    group,
    resource: subresource === undefined || subresource === '' ? resource : `${resource}/${subresource}`,
    namespace: namespace === '' ? undefined : namespace,
    name,
  })
  return E.right({ ...record(body), status: { allowed, ...(allowed ? { reason: 'RBAC: allowed' } : {}) } })
}
