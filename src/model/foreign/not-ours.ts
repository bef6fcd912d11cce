import type { Issue } from '../../error.js'
import { closest } from '../codec/closest.js'
import { isPlain, type Plain } from '../codec/json.js'
import { isKind, kinds } from '../kind.js'
import { apiVersion, storageVersion } from '../meta/envelope.js'
import { enterpriseKinds } from './enterprise.js'
import { isForeign } from './foreign.js'

interface KnownForeignKind {
  readonly is: (document: Plain) => boolean
  readonly issue: Issue
}

const isList = ({ kind }: Plain): boolean =>
  typeof kind === 'string' && kind.endsWith('List') && isKind(kind.slice(0, -'List'.length))

const clusterPolicies: ReadonlySet<string> = new Set([
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
])

/** Documents that are often found beside Calico's own, and what to do with each. */
const knownForeignKinds: ReadonlyArray<KnownForeignKind> = [
  {
    is: (document) => document.apiVersion === storageVersion,
    issue: {
      rule: 'storage-form',
      path: ['apiVersion'],
      message: 'this is the form in which Calico stores a resource',
      hint: `read it with fromStorage; one written by hand needs apiVersion: ${apiVersion}`,
    },
  },
  {
    is: ({ apiVersion: version, kind }) => version === 'networking.k8s.io/v1' && kind === 'NetworkPolicy',
    issue: {
      rule: 'kubernetes-policy',
      path: ['apiVersion'],
      message: "this is Kubernetes' own NetworkPolicy",
      hint: 'convert it with fromKubernetes, or let kubectl apply it',
    },
  },
  {
    is: ({ apiVersion: version, kind }) => version === 'networking.k8s.io/v1' && kind === 'NetworkPolicyList',
    issue: {
      rule: 'kubernetes-policy',
      path: ['apiVersion'],
      message: "this is a list of Kubernetes' own NetworkPolicies",
      hint: 'convert its items with fromKubernetes, one by one; the command `typed-calico convert` takes lists',
    },
  },
  {
    is: ({ apiVersion: version, kind }) =>
      String(version).startsWith('policy.networking.k8s.io/') && clusterPolicies.has(String(kind)),
    issue: {
      rule: 'kubernetes-policy',
      path: ['apiVersion'],
      message: "this is one of Kubernetes' own policies for whole clusters",
      hint: 'let kubectl apply it: Calico enforces it as it is, AdminNetworkPolicy in 3.29 to 3.31, ClusterNetworkPolicy from 3.32 on; fromAdminNetworkPolicy and fromClusterNetworkPolicy say as what',
    },
  },
  {
    is: ({ apiVersion: version, kind }) => version === 'v1' && kind === 'List',
    issue: {
      rule: 'kubernetes-list',
      path: ['kind'],
      message: 'calicoctl does not read a List of v1',
      hint: 'make each item a document of its own, with "---" between them',
    },
  },
  {
    is: (document) => document.apiVersion === apiVersion && isList(document),
    issue: {
      rule: 'resource-list',
      path: ['kind'],
      message: 'this is a list of resources',
      hint: 'decode its items one by one; fromYaml reads lists',
    },
  },
  {
    is: ({ kind }) => kind === 'ClusterInformation',
    issue: {
      rule: 'read-only-kind',
      path: ['kind'],
      message: 'a ClusterInformation is read-only: calicoctl refuses to write it',
      hint: 'leave it out',
    },
  },
]

const show = (text: unknown): string => JSON.stringify(String(text).slice(0, 64))

const unknownKind = ({ kind }: Plain): Issue => {
  if (typeof kind === 'string' && enterpriseKinds.has(kind)) {
    return {
      rule: 'enterprise-kind',
      path: ['kind'],
      message: `${kind} is a kind of Calico Enterprise and Calico Cloud: open-source Calico does not have it`,
      hint: 'remove it, or apply it with the calicoctl of that product',
    }
  }
  const meant = typeof kind === 'string' ? closest(kind, kinds) : undefined
  const got = typeof kind === 'string' ? show(kind) : 'none'
  return {
    rule: kind === undefined || kind === null ? 'missing-key' : 'unknown-kind',
    path: ['kind'],
    message: `expected one of Calico's kinds, got ${got}`,
    hint:
      meant === undefined ? `the kinds are: ${kinds.join(', ')}` : `did you mean ${JSON.stringify(meant)}?`,
  }
}

/** Its API version says that it is none of Calico's, whatever its kind looks like. */
const foreign = ({ apiVersion: version, kind }: Plain): Issue => ({
  rule: 'unknown-kind',
  path: ['apiVersion'],
  message: `${show(kind)} of ${show(version)} is not a resource of Calico`,
  hint: 'apply it with kubectl, or keep it in a file of its own',
})

const noResource = (value: unknown): Issue => ({
  rule: 'wrong-type',
  path: [],
  message: `expected a resource, got ${Array.isArray(value) ? 'a list' : value == null ? 'nothing' : `a ${typeof value}`}`,
  ...(Array.isArray(value) ? { hint: 'decode its items one by one; fromYaml reads lists' } : {}),
})

/** What is to be said of a document that is no resource of Calico's; nothing for one whose fields say it better. */
export const notOurs = (value: unknown): Issue | undefined => {
  if (!isPlain(value)) return noResource(value)
  const known = knownForeignKinds.find(({ is }) => is(value))
  if (known !== undefined) return known.issue
  if (isForeign(value)) return foreign(value)
  return isKind(value.kind) ? undefined : unknownKind(value)
}
