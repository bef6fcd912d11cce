import type { Issue } from '../../error.js'
import { closest } from '../../model/codec/closest.js'
import { isPlain } from '../../model/codec/json.js'
import { isManifest } from '../../policy/world/manifest.js'
import { makesPods } from '../../policy/world/workload-template.js'

/** Kinds with a say in what policies do, by the group of their API. */
const withSay: Readonly<Record<string, ReadonlyArray<string>>> = {
  v1: ['Pod', 'Namespace', 'ServiceAccount', 'Node', 'Service', 'Endpoints', 'ReplicationController'],
  apps: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  batch: ['Job', 'CronJob'],
  'discovery.k8s.io': ['EndpointSlice'],
  'networking.k8s.io': ['NetworkPolicy'],
}

const groupOf = (apiVersion: unknown): string => String(apiVersion).split('/')[0] ?? ''

export const hasSay = (value: unknown): boolean => {
  if (!isPlain(value)) return false
  const group = groupOf(value.apiVersion)
  return group === 'policy.networking.k8s.io' || withSay[group]?.includes(String(value.kind)) === true
}

/** A kind that is no other of its group, or a group that is none, and may mean one with a say: to skip it could hide a policy. */
const misspelt = (value: Readonly<Record<string, unknown>>): Issue | undefined => {
  const { apiVersion, kind } = value
  const group = groupOf(apiVersion)
  if (kind === 'NetworkPolicy' && group === 'extensions')
    return {
      rule: 'removed-api',
      path: ['apiVersion'],
      message: 'no API server since Kubernetes 1.16 takes a NetworkPolicy of extensions/v1beta1',
      hint: 'write networking.k8s.io/v1',
    }
  const meantGroup = closest(group, ['networking.k8s.io'])
  if (kind === 'NetworkPolicy' && meantGroup !== undefined)
    return {
      rule: 'unknown-api',
      path: ['apiVersion'],
      message: `Kubernetes has no NetworkPolicy in ${apiVersion}`,
      hint: `write ${meantGroup}/v1`,
    }
  const meant = closest(String(kind), withSay[group] ?? [])
  if (meant === undefined) return undefined
  return {
    rule: 'unknown-kind',
    path: ['kind'],
    message: `${apiVersion} has no kind ${kind}`,
    hint: `did you mean ${meant}?`,
  }
}

const templateOf = (value: Readonly<Record<string, unknown>>): unknown => {
  const spec = isPlain(value.spec) ? value.spec : {}
  if (value.kind !== 'CronJob') return spec.template
  const job = isPlain(spec.jobTemplate) ? spec.jobTemplate : {}
  return isPlain(job.spec) ? job.spec.template : undefined
}

const nameOf = ({ kind, metadata }: Readonly<Record<string, unknown>>): string | undefined => {
  if (!isPlain(metadata) || typeof metadata.name !== 'string') return undefined
  const { name, namespace } = metadata
  return `${kind}(${typeof namespace === 'string' ? `${namespace}/${name}` : name})`
}

/** The name of an object as issues have it; empty for one that has none. */
export const printObject = (value: unknown): string => (isPlain(value) ? (nameOf(value) ?? '') : '')

/** What is wrong with an object that is not Calico's, so that answers without it would be wrong as well. */
export const unfit = (value: unknown): Issue | undefined => {
  if (!isPlain(value)) return undefined
  const name = nameOf(value)
  const named = (issue: Issue): Issue => (name === undefined ? issue : { ...issue, resource: name })
  if (!hasSay(value)) {
    const issue = misspelt(value)
    return issue && named(issue)
  }
  if (!isManifest(value))
    return {
      rule: 'not-a-manifest',
      path: ['metadata', 'name'],
      message: `a ${value.kind} without a name`,
      hint: 'every object of Kubernetes has metadata.name, a text',
    }
  if (makesPods(value) && !isPlain(templateOf({ ...value })))
    return named({
      rule: 'no-pod-template',
      path: ['spec', value.kind === 'CronJob' ? 'jobTemplate' : 'template'],
      message: `the ${value.kind} has no template of its pods`,
      hint: 'write the whole object: the labels of its pods are in the template',
    })
  return undefined
}
