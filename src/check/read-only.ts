import type { Resource } from '../model/resource.js'
import { type Constraint, none, rule } from './constraint.js'

/** Kinds that stand for what Kubernetes has, and what to change instead. */
const standsFor: Readonly<Record<string, { readonly what: string; readonly updated: boolean }>> = {
  Profile: { what: 'a namespace or a service account', updated: false },
  WorkloadEndpoint: { what: 'a pod', updated: false },
  Node: { what: 'a node', updated: true },
}

/** With Kubernetes as the datastore, some kinds cannot be written, or not be created. */
export const writable: Constraint<Resource> = rule(
  {
    name: 'read-only-kind',
    what: 'A kind stands for an object of Kubernetes: calicoctl cannot create it, and only a Node can be updated.',
    remedy: 'change the object of Kubernetes that it stands for',
    source: 'libcalico-go/lib/backend/k8s/resources/profile.go, node.go and workloadendpoint.go',
  },
  ({ kind }, { command }) => {
    const found = standsFor[kind]
    if (found === undefined || (found.updated && command !== 'create')) return none
    return [{ at: ['kind'], message: `a ${kind} stands for ${found.what}: calicoctl does not ${command} it` }]
  },
)
