import * as E from 'fp-ts/lib/Either.js'
import type { Ref, ResourceType } from './port.js'

// DNS-1123 subdomain; RBAC names may also hold colons.
const label = '[a-z0-9](?:[-a-z0-9:]*[a-z0-9])?'
const subdomain = new RegExp(`^${label}(?:\\.${label})*$`)
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/

const badName = (name: string): boolean => name.length > 253 || !subdomain.test(name)
const badNamespace = (name: string): boolean => name.length > 63 || !dnsLabel.test(name)

const root = (type: ResourceType): string =>
  type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`

/** `jobs.batch`, as kubectl and the API server name a kind. */
export const printType = (type: ResourceType): string =>
  type.group === '' ? type.resource : `${type.resource}.${type.group}`

const homeless = (type: ResourceType): E.Either<string, never> =>
  E.left(`${printType(type)} are namespaced, and no namespace is given`)

/** Where a list of the kind is; without a namespace, of all namespaces. `Left` says what is wrong with the name. */
export const collectionPath = (type: ResourceType, namespace?: string): E.Either<string, string> => {
  if (namespace === undefined || !type.namespaced) return E.right(`${root(type)}/${type.resource}`)
  if (badNamespace(namespace)) {
    return E.left(`${JSON.stringify(namespace.slice(0, 80))} is not a valid namespace name`)
  }
  return E.right(`${root(type)}/namespaces/${namespace}/${type.resource}`)
}

/** Where an object of the kind is created. */
export const creationPath = (type: ResourceType, namespace?: string): E.Either<string, string> =>
  type.namespaced && namespace === undefined ? homeless(type) : collectionPath(type, namespace)

/** Where one object is. Only names that Kubernetes could have given get into a path. */
export const objectPath = (ref: Ref): E.Either<string, string> => {
  if (ref.type.namespaced && ref.namespace === undefined) return homeless(ref.type)
  if (badName(ref.name)) {
    return E.left(`${JSON.stringify(ref.name.slice(0, 80))} is not a valid name for ${printType(ref.type)}`)
  }
  const path = collectionPath(ref.type, ref.namespace)
  return E.isLeft(path) ? path : E.right(`${path.right}/${encodeURIComponent(ref.name)}`)
}

/** Where discovery describes a group, and one of its versions. The core group is the empty one. */
export const groupPath = (group: string, version?: string): E.Either<string, string> => {
  if (group === '') return E.right(`/api${version === undefined ? '' : `/${version}`}`)
  if (badName(group) || (version !== undefined && badName(version))) {
    return E.left(`${JSON.stringify(group.slice(0, 80))} is not a valid API group name`)
  }
  return E.right(`/apis/${group}${version === undefined ? '' : `/${version}`}`)
}
