import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../../port.js'
import { record, strings } from '../kinds/json.js'
import type { ConfigMapSource, Container, PodSpec, Volume } from '../kinds/pod-spec.js'
import { types } from '../kinds/served-type.js'
import { serviceAccountName } from '../kinds/user.js'
import type { Store } from '../registry/store.js'

type Files = ReadonlyArray<readonly [path: string, text: string]>

const tokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

const fromConfigMap = (store: Store, namespace: string, source: ConfigMapSource): E.Either<string, Files> => {
  const { name = '', items, optional = false } = source
  const found = store.get(types.configmaps, namespace, name)
  if (found === undefined) return optional ? E.right([]) : E.left(`configmap "${name}" not found`)
  const data = strings(found.data)
  if (items === undefined) return E.right(Object.entries(data))
  const missing = items.find(({ key }) => data[key] === undefined)
  if (missing !== undefined && !optional) return E.left(`references non-existent config key: ${missing.key}`)
  return E.right(
    items.flatMap(({ key, path }) => (data[key] === undefined ? [] : [[path, data[key]] as const])),
  )
}

const all = <A>(
  parts: ReadonlyArray<E.Either<string, ReadonlyArray<A>>>,
): E.Either<string, ReadonlyArray<A>> =>
  parts.find(E.isLeft) ?? E.right(parts.flatMap((part) => (E.isRight(part) ? part.right : [])))

const volumeFiles = (store: Store, pod: KubeObject, volume: Volume): E.Either<string, Files> => {
  const { namespace = 'default' } = pod.metadata
  if (volume.configMap !== undefined) return fromConfigMap(store, namespace, volume.configMap)
  const token = tokenOf(pod)
  return all(
    (volume.projected?.sources ?? []).map(({ configMap, serviceAccountToken }) => {
      if (configMap !== undefined) return fromConfigMap(store, namespace, configMap)
      return E.right(serviceAccountToken === undefined ? [] : [[serviceAccountToken.path, token] as const])
    }),
  )
}

const tokenOf = ({ metadata: { namespace = 'default' }, spec }: KubeObject): string =>
  `token of ${serviceAccountName(namespace, String(record(spec).serviceAccountName))}`

const mounted = ({ volumeMounts = [] }: Container, volume: Volume, files: Files): Files =>
  volumeMounts
    .filter(({ name }) => name === volume.name)
    .flatMap(({ mountPath, subPath }) =>
      subPath === undefined
        ? files.map(([path, text]) => [`${mountPath}/${path}`, text] as const)
        : files.filter(([path]) => path === subPath).map(([, text]) => [mountPath, text] as const),
    )

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
  const own = (spec.volumes ?? []).map((volume) => {
    const files = volumeFiles(store, pod, volume)
    return E.isLeft(files)
      ? E.left(`MountVolume.SetUp failed for volume "${volume.name}" : ${files.left}`)
      : E.right(mounted(container, volume, files.right))
  })
  const token: Files = automounts(store, pod, spec) ? [[`${tokenFolder}/token`, tokenOf(pod)]] : []
  const files = all([...own, E.right(token)])
  return E.isLeft(files) ? files : E.right(new Map(files.right))
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
