import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { record, strings } from '../kinds/json.js'
import type { ConfigMapSource, Container, PodSpec, Volume } from '../kinds/pod-spec.js'
import { types } from '../kinds/served-type.js'
import { serviceAccountName } from '../kinds/user.js'
import type { Store } from '../registry/store.js'

/** What is in a file, decoded when someone sees it: a Job's pod has the Secrets of all indexes in a volume, and sees one. */
type Read = () => string
type Files = ReadonlyArray<readonly [path: string, read: Read]>

const tokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Where a volume's files come from: an object of the pod's namespace, and which of its keys. */
interface Source extends ConfigMapSource {
  readonly kind: 'configmap' | 'secret'
}

interface Data {
  readonly keys: () => ReadonlyArray<string>
  readonly at: (key: string) => Read | undefined
}

/** What the object holds; undefined where it is not there. */
const dataOf = (store: Store, namespace: string, { kind, name = '' }: Source): Data | undefined => {
  const found = store.get(kind === 'configmap' ? types.configmaps : types.secrets, namespace, name)
  if (found === undefined) return undefined
  const data: Readonly<Record<string, unknown>> = Object(found.data)
  const plain: Readonly<Record<string, unknown>> = kind === 'configmap' ? {} : Object(found.stringData)
  const textAt = (from: typeof data, key: string): string | undefined => {
    const text = Object.hasOwn(from, key) ? from[key] : undefined
    return typeof text === 'string' ? text : undefined
  }
  return {
    keys: () => [...new Set([data, plain].flatMap((it) => Object.keys(it)))],
    at: (key) => {
      const [given, text] = [textAt(plain, key), textAt(data, key)]
      if (given !== undefined) return () => given
      if (text === undefined) return undefined
      return kind === 'configmap' ? () => text : () => Buffer.from(text, 'base64').toString()
    },
  }
}

const fromObject = (store: Store, namespace: string, source: Source): E.Either<string, Files> => {
  const { kind, name = '', items, optional = false } = source
  const data = dataOf(store, namespace, source)
  if (data === undefined) return optional ? E.right([]) : E.left(`${kind} "${name}" not found`)
  const wanted = items ?? data.keys().map((key) => ({ key, path: key }))
  const found = wanted.map(({ key, path }) => ({ key, path, read: data.at(key) }))
  const missing = items === undefined ? undefined : found.find(({ read }) => read === undefined)
  if (missing !== undefined && !optional)
    return E.left(`references non-existent ${kind === 'secret' ? 'secret' : 'config'} key: ${missing.key}`)
  return E.right(found.flatMap(({ path, read }) => (read === undefined ? [] : [[path, read] as const])))
}

const all = <A>(
  parts: ReadonlyArray<E.Either<string, ReadonlyArray<A>>>,
): E.Either<string, ReadonlyArray<A>> =>
  parts.find(E.isLeft) ?? E.right(parts.flatMap((part) => (E.isRight(part) ? part.right : [])))

const volumeFiles = (store: Store, pod: KubeObject, volume: Volume): E.Either<string, Files> => {
  const { namespace = 'default' } = pod.metadata
  const read = (source: Source) => fromObject(store, namespace, source)
  if (volume.configMap !== undefined) return read({ kind: 'configmap', ...volume.configMap })
  if (volume.secret !== undefined) {
    const { secretName, ...rest } = volume.secret
    return read({ kind: 'secret', ...rest, ...(secretName === undefined ? {} : { name: secretName }) })
  }
  const token = tokenOf(pod)
  return all(
    (volume.projected?.sources ?? []).map(({ configMap, secret, serviceAccountToken }) => {
      if (configMap !== undefined) return read({ kind: 'configmap', ...configMap })
      if (secret !== undefined) return read({ kind: 'secret', ...secret })
      return E.right(
        serviceAccountToken === undefined ? [] : [[serviceAccountToken.path, () => token] as const],
      )
    }),
  )
}

const tokenOf = ({ metadata: { namespace = 'default' }, spec }: KubeObject): string =>
  `token of ${serviceAccountName(namespace, String(record(spec).serviceAccountName))}`

type Mount = NonNullable<Container['volumeMounts']>[number]

/** What of a volume is seen at the mount: all, one file, or what is in one folder. */
const seenAt = (
  { mountPath, subPath, subPathExpr }: Mount,
  files: Files,
  env: Readonly<Record<string, string>>,
): Files => {
  const part = subPathExpr === undefined ? subPath : expand(subPathExpr, env)
  if (part === undefined) return files.map(([path, read]) => [`${mountPath}/${path}`, read])
  return files.flatMap(([path, read]): Files => {
    if (path === part) return [[mountPath, read]]
    return path.startsWith(`${part}/`) ? [[`${mountPath}${path.slice(part.length)}`, read]] : []
  })
}

const mounted = (
  { volumeMounts = [] }: Container,
  volume: Volume,
  files: Files,
  env: Readonly<Record<string, string>>,
): Files =>
  volumeMounts.filter(({ name }) => name === volume.name).flatMap((mount) => seenAt(mount, files, env))

const automounts = (store: Store, pod: KubeObject, spec: PodSpec): boolean => {
  const account = store.get(
    types.serviceaccounts,
    pod.metadata.namespace,
    spec.serviceAccountName ?? 'default',
  )
  return (spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true) === true
}

/** The files that the container sees; or why a volume cannot be set up yet. */
export const filesOf = (
  store: Store,
  pod: KubeObject,
  spec: PodSpec,
  container: Container,
): E.Either<string, ReadonlyMap<string, string>> => {
  const environment = environmentOf(store, pod, container)
  const env = E.isRight(environment) ? environment.right : {}
  const own = (spec.volumes ?? []).map((volume) => {
    const files = volumeFiles(store, pod, volume)
    return E.isLeft(files)
      ? E.left(`MountVolume.SetUp failed for volume "${volume.name}" : ${files.left}`)
      : E.right(mounted(container, volume, files.right, env))
  })
  const token: Files = automounts(store, pod, spec) ? [[`${tokenFolder}/token`, () => tokenOf(pod)]] : []
  const files = all([...own, E.right(token)])
  return E.isLeft(files) ? files : E.right(new Map(files.right.map(([path, read]) => [path, read()])))
}

const fieldOf = ({ metadata, spec, status }: KubeObject, path: string): string => {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (map !== undefined) return (map === 'labels' ? metadata.labels : metadata.annotations)?.[key] ?? ''
  const fields: Readonly<Record<string, unknown>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': record(spec).nodeName,
    'spec.serviceAccountName': record(spec).serviceAccountName,
    'status.podIP': record(status).podIP,
  }
  return String(fields[path] ?? '')
}

/**
 * `$(NAME)` in a command, as the kubelet expands it: from the environment; left alone when it is not there; `$$`
 * stands for `$`.
 */
export const expand = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(/\$(\$|\(([A-Za-z_.-][\w.-]*)\))/g, (whole, after, name) =>
    after === '$' ? '$' : (env[name] ?? whole),
  )

const always = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443', PATH: '/usr/bin:/bin' }

/** The container's environment; or which ConfigMap or key it names is missing. */
export const environmentOf = (
  store: Store,
  pod: KubeObject,
  { env = [] }: Container,
): E.Either<string, Readonly<Record<string, string>>> => {
  const values: Record<string, string> = { ...always }
  for (const { name, value = '', valueFrom } of env) {
    const reference = valueFrom?.configMapKeyRef
    if (reference !== undefined) {
      const map = store.get(types.configmaps, pod.metadata.namespace, reference.name)
      const text = strings(map?.data)[reference.key]
      if (text !== undefined) values[name] = text
      else if (reference.optional !== true) {
        const { name: from, key } = reference
        return E.left(
          map === undefined
            ? `configmap "${from}" not found`
            : `couldn't find key ${key} in ConfigMap ${pod.metadata.namespace}/${from}`,
        )
      }
    } else {
      values[name] = valueFrom?.fieldRef === undefined ? value : fieldOf(pod, valueFrom.fieldRef.fieldPath)
    }
  }
  return E.right(values)
}
