import { closest } from '../codec/closest.js'
import type { Plain } from '../codec/json.js'
import { isKind } from '../kind.js'
import { apiVersion, storageVersion } from '../meta/envelope.js'

const calicoVersions: ReadonlyArray<string> = [apiVersion, storageVersion]
const calicoGroups: ReadonlyArray<string> = calicoVersions.map((version) => version.split('/')[0] ?? '')

/** What Kubernetes serves without a dot in its group; another word with a kind of Calico's is a slip of the pen. */
const bare: ReadonlySet<string> = new Set(['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy'])

const known = new Map<string, boolean>()
const mostKnown = 1_000

/** Calico's own, or what may be meant to be: whoever takes a misspelt policy for something else leaves a hole. */
const isCalicos = (group: string): boolean => {
  const there = known.get(group)
  if (there !== undefined) return there
  const found = /calico/i.test(group) || closest(group, calicoGroups) !== undefined
  if (known.size >= mostKnown) known.clear()
  known.set(group, found)
  return found
}

/**
 * Whether a document is surely an object of another API, such as a Deployment or Kubernetes' own NetworkPolicy: it
 * says its kind and its API version, and nobody could have meant Calico's. So are the objects in which Calico keeps
 * what is no resource of its users, such as an IPAMBlock.
 */
export const isForeign = ({ apiVersion: version, kind }: Plain): boolean => {
  if (typeof version !== 'string' || typeof kind !== 'string' || version === '' || kind === '') return false
  if (version === storageVersion) return !isKind(kind)
  const [first = '', second] = version.split('/')
  const group = second === undefined ? '' : first
  if (second === undefined && version !== 'v1') return false
  return group.includes('.') ? !isCalicos(group) : bare.has(group)
}
