import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { explainIssue, type Invalid } from '../../error.js'
import { release, type Version } from '../../model/calico-version.js'
import { isKind } from '../../model/kind.js'
import { fromStorage } from '../../model/storage.js'
import { readWorld } from '../../policy/world/read-world.js'
import { fromStored } from '../state/stored-resource.js'

/** An object as `compile` takes it, or why it cannot be read. */
export type Readable = E.Either<string, unknown>

const causeOf = ({ issues: [first, ...others] }: Invalid): string =>
  `${explainIssue({ ...first, path: first.path })}${others.length === 0 ? '' : `; and ${others.length} more`}`

/** A Calico resource in its own terms. One that says more than is known may mean something else than what is known of it. */
const resourceOf = (object: KubeObject, calico: string | undefined): Readable => {
  const strict = fromStorage({ ...object })
  if (E.isLeft(strict)) return E.left(causeOf(strict.left))
  const { resource } = fromStored(object, calico)
  if (resource === undefined) return E.left('what is stored under its name cannot be read')
  const { apiVersion, kind, metadata, spec } = resource
  const { name, namespace, labels } = metadata as {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  return E.right({
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined || Object.keys(labels).length === 0 ? {} : { labels }),
    },
    spec,
  })
}

const isCalicos = ({ apiVersion, kind }: KubeObject): boolean =>
  apiVersion.includes('projectcalico.org/') && isKind(kind)

/**
 * What is read of a policy or another resource with a say. What this library would take for less than it is, is not
 * readable: it is better not to know than to be wrong.
 */
export const readable = (object: KubeObject, calico: string | undefined, version: Version): Readable => {
  const value: Readable = isCalicos(object) ? resourceOf(object, calico) : E.right(object)
  if (E.isLeft(value)) return value
  const read = readWorld(
    { resources: [value.right] },
    { calico: version, isCalicoGiven: calico !== undefined, staged: true },
  )
  return E.isLeft(read) ? E.left(causeOf(read.left)) : value
}

/** The release whose rules hold where the cluster's is not known. */
export const assumedCalico = release('3.28')
