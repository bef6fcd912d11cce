import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../port.js'
import type { Container } from './pod-spec.js'
import { types } from './served-type.js'
import type { Store } from './store.js'
import { record, strings } from './strategy.js'

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
