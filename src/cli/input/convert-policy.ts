import * as E from 'fp-ts/lib/Either.js'
import { type ConvertOptions, fromKubernetes } from '../../convert/from-kubernetes.js'
import type { Invalid } from '../../error.js'
import type { Plain } from '../../model/codec/json.js'
import type { Resource } from '../../model/resource.js'

const isPolicy = ({ apiVersion, kind }: Plain): boolean =>
  kind === 'NetworkPolicy' && /^networking\.k8s\.io\//.test(String(apiVersion))

/** A NetworkPolicy of Kubernetes as the policy that Calico makes of it; nothing for other objects. */
export const convertForeign =
  (options: ConvertOptions) =>
  (value: Plain): E.Either<Invalid, Resource> | undefined =>
    isPolicy(value) ? fromKubernetes(value, options) : undefined

/** What Felix puts in front of the name of a policy of Kubernetes, so that it is none of Calico's own. */
const felixPrefix = 'knp.default.'

/** The same under the name that Felix gives it: beside a policy of Calico's with its name, it is another one. */
export const convertForLint = (value: Plain): E.Either<Invalid, Resource> | undefined => {
  const converted = convertForeign({})(value)
  return (
    converted &&
    E.map((policy: Resource) => named(policy, `${felixPrefix}${policy.metadata.name}`))(converted)
  )
}

const named = (policy: Resource, name: string): Resource =>
  ({ ...policy, metadata: { ...policy.metadata, name } }) as Resource

/** Whether a resource was made of a policy of Kubernetes, whose rules do not go one by one with those of Calico's. */
export const isConverted = ({ kind, metadata }: Resource): boolean =>
  kind === 'NetworkPolicy' && metadata.name.startsWith(felixPrefix)
