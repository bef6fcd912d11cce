import * as E from 'fp-ts/lib/Either.js'
import { type ConvertOptions, fromKubernetes } from '../../src/convert/from-kubernetes.js'
import { orThrow, printPath } from '../../src/error.js'

export const policy = (spec: object, metadata: object = { name: 'web', namespace: 'shop' }): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: { podSelector: {}, ...spec },
})
export const specOf = (spec: object, options?: ConvertOptions) =>
  orThrow(fromKubernetes(policy(spec), options)).spec
export const ingress = (rule: object, options?: ConvertOptions) =>
  specOf({ ingress: [rule] }, options).ingress
export const issues = (value: unknown, options?: ConvertOptions): ReadonlyArray<string> => {
  const converted = fromKubernetes(value, options)
  return E.isLeft(converted)
    ? converted.left.issues.map(({ path, rule }) => `${printPath(path)} ${rule}`)
    : []
}

export const pods = "projectcalico.org/orchestrator == 'k8s'"
