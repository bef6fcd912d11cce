import { brotliCompressSync, constants } from 'node:zlib'
import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../cluster/port.js'
import { apiVersionOf, secrets } from '../../cluster/resource-types.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { objectId, printId } from '../../model/resource-id.js'
import type { StoredObject } from '../../model/storage/stored-object.js'
import { ownerLabels } from '../../runner/state/owner-labels.js'
import { printYaml } from '../../yaml/print/print.js'

/**
 * What Kubernetes takes as the data of one Secret, in bytes. **Source**: `pkg/apis/core/types.go`, MaxSecretSize. A request
 * has 1.5 MiB for all of an object, in which base64 takes four bytes for three.
 */
const secretBytes = 1024 * 1024

/** The data of one Secret: a key, and what is under it. */
interface Part {
  readonly key: string
  readonly bytes: Uint8Array
  readonly objects: ReadonlyArray<StoredObject>
}

/** Of YAML with much in common this makes a tenth; more effort takes fifty times as long for a fifth less. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }

const compressed = (objects: ReadonlyArray<StoredObject>): Part => ({
  key: 'data.yaml.br',
  bytes: brotliCompressSync(printYaml(objects), { params }),
  objects,
})

const halves = <A>(items: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)]
}

const inParts = (objects: ReadonlyArray<StoredObject>): ReadonlyArray<Part> => {
  const part = compressed(objects)
  return part.bytes.length <= secretBytes || objects.length === 1 ? [part] : halves(objects).flatMap(inParts)
}

/** As plain YAML where one Secret has room for it; else compressed, in as many Secrets as that takes. */
const partsOf = (objects: ReadonlyArray<StoredObject>): ReadonlyArray<Part> => {
  const bytes = new TextEncoder().encode(printYaml(objects))
  return bytes.length <= secretBytes ? [{ key: 'data.yaml', bytes, objects }] : inParts(objects)
}

/** One object that is too large by itself. */
const tooLarge = ({ bytes, objects: [object] }: Part): ReadonlyArray<Issue> =>
  bytes.length <= secretBytes || object === undefined
    ? []
    : [
        {
          rule: 'too-large',
          path: [],
          message: `${printId(objectId(object))} has ${bytes.length} bytes, compressed: a Secret holds 1 MiB`,
          hint: 'divide it into several resources',
        },
      ]

/** What the Secrets of one set have in common. */
export interface SecretMetadata {
  /** Of the first one; those that follow have a number behind it. */
  readonly name: string
  readonly namespace: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly owner?: string
}

const marks = (owner: string | undefined, namespace: string, name: string) =>
  owner === undefined
    ? { labels: {}, annotations: {} }
    : ownerLabels(owner, { kind: secrets.kind, namespace, name })

const secretFor = (
  { key, bytes }: Part,
  name: string,
  { namespace, labels, annotations, owner }: SecretMetadata,
): KubeObject => {
  const own = marks(owner, namespace, name)
  const all = { labels: { ...labels, ...own.labels }, annotations: { ...annotations, ...own.annotations } }
  return {
    apiVersion: apiVersionOf(secrets),
    kind: secrets.kind,
    metadata: {
      name,
      namespace,
      ...(Object.keys(all.labels).length === 0 ? {} : { labels: all.labels }),
      ...(Object.keys(all.annotations).length === 0 ? {} : { annotations: all.annotations }),
    },
    type: 'Opaque',
    data: { [key]: Buffer.from(bytes).toString('base64') },
  }
}

/** The objects in Secrets of Kubernetes' size, as gardener-resource-manager reads them. */
export const toSecrets = (
  objects: ReadonlyArray<StoredObject>,
  metadata: SecretMetadata,
): E.Either<Invalid, ReadonlyArray<KubeObject>> => {
  const parts = partsOf(objects)
  const { name } = metadata
  return E.map((whole: ReadonlyArray<Part>) =>
    whole.map((part, index) => secretFor(part, index === 0 ? name : `${name}-${index + 1}`, metadata)),
  )(unlessIssues(parts.flatMap(tooLarge), parts))
}
