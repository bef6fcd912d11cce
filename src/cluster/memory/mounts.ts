import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../port.js'
import type { ConfigMapSource, Container, PodSpec, Volume } from './pod-spec.js'
import { types } from './served-type.js'
import type { Store } from './store.js'
import { record, strings } from './strategy.js'
import { serviceAccountName } from './user.js'

type Files = ReadonlyArray<readonly [path: string, text: string]>

export const tokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

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
