import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { explainIssue, type Invalid } from '../../error.js'
import { release, type Version } from '../../model/calico-version.js'
import { isKind } from '../../model/kind.js'
import { readWorld } from '../../policy/world/read-world.js'
import { fromStored } from '../state/stored-resource.js'

/** An object as `compile` takes it, or why it cannot be read. */
export type Readable = E.Either<string, unknown>

const causeOf = ({ issues: [first, ...others] }: Invalid): string =>
  `${explainIssue(first)}${others.length === 0 ? '' : `; and ${others.length} more`}`

/** A Calico resource in its own terms. One that says more than is known may mean something else than what is known of it. */
const resourceOf = (object: KubeObject, calico: string | undefined): Readable => {
  const { resource, unknown } = fromStored(object, calico)
  if (resource === undefined || unknown !== undefined)
    return E.left(unknown === undefined ? 'what is stored under its name cannot be read' : causeOf(unknown))
  const { apiVersion, kind, metadata, spec } = resource
  const { name, namespace, labels = {}, creationTimestamp } = metadata as Named
  return E.right({
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      // The oldest of several goes before the others.
      ...(kind === 'FelixConfiguration' && creationTimestamp !== undefined ? { creationTimestamp } : {}),
    },
    spec,
  })
}

interface Named {
  readonly name: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly creationTimestamp?: string
}

const isCalicos = ({ apiVersion, kind }: KubeObject): boolean =>
  apiVersion.includes('projectcalico.org/') && isKind(kind)

/** Policies of Kubernetes, and those that stage them, are made into Calico's: not all can be. */
const converted = (object: KubeObject, value: unknown, calico: Version, isCalicoGiven: boolean): Readable => {
  const read = readWorld({ resources: [value] }, { calico, isCalicoGiven, staged: true })
  if (E.isLeft(read)) return E.left(causeOf(read.left))
  const isIgnored =
    object.apiVersion.startsWith('policy.networking.k8s.io/') && read.right.policies.length === 0
  return isIgnored
    ? E.left(`this version of typed-calico does not read ${object.apiVersion}`)
    : E.right(value)
}

/**
 * What is read of a policy or another resource with a say. What this library would take for less than it is, is not
 * readable: it is better not to know than to be wrong.
 */
export const readable = (object: KubeObject, calico: string | undefined, version: Version): Readable => {
  if (!isCalicos(object)) return converted(object, object, version, calico !== undefined)
  const value = resourceOf(object, calico)
  return E.isRight(value) && object.kind === 'StagedKubernetesNetworkPolicy'
    ? converted(object, value.right, version, true)
    : value
}

/** The release whose rules hold where the cluster's is not known. */
export const assumedCalico = release('3.28')
