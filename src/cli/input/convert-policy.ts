import * as E from 'fp-ts/lib/Either.js'
import { type ConvertOptions, fromKubernetes } from '../../convert/from-kubernetes.js'
import type { Invalid } from '../../error.js'
import type { Plain } from '../../model/codec/json.js'
import type { Resource } from '../../model/resource.js'
import { printResource } from '../../model/resource-id.js'
import { asWritten, convertedPolicy } from '../../policy/lint/lint-world.js'
import { isManifest } from '../../policy/world/manifest.js'

const isPolicy = ({ apiVersion, kind }: Plain): boolean =>
  kind === 'NetworkPolicy' && /^networking\.k8s\.io\//.test(String(apiVersion))

/** A NetworkPolicy of Kubernetes as the policy that Calico makes of it; nothing for other objects. */
export const convertForeign =
  (options: ConvertOptions) =>
  (value: Plain): E.Either<Invalid, Resource> | undefined =>
    isPolicy(value) ? fromKubernetes(value, options) : undefined

/**
 * Policies of Kubernetes, those for whole clusters among them, under the names that Felix has for them: beside a policy
 * of Calico's with its name, it is another one. What Calico reads otherwise than it is written is refused first.
 */
export const convertForLint = (value: Plain): E.Either<Invalid, Resource> | undefined => {
  const converted = convertForeign({})(value)
  if (converted !== undefined && E.isLeft(converted)) return converted
  return isManifest(value) ? convertedPolicy(value) : converted
}

/** Whether a resource was made of a policy of Kubernetes, whose rules do not go one by one with those of Calico's. */
export const isConverted = (resource: Resource): boolean => {
  const name = printResource(resource)
  return asWritten(name) !== name
}
