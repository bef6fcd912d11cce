import * as E from 'fp-ts/lib/Either.js'
import type { Invalid } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { isPolicy } from './any-policy.js'
import { kubernetesPolicy } from './kubernetes-policy.js'
import type { GivenPolicy, PolicyOrigin } from './world-parts.js'

const originOf = (resource: { readonly kind: PolicyOrigin; readonly metadata: { readonly name: string } }) =>
  resource.kind === 'NetworkPolicy' && resource.metadata.name.startsWith('knp.default.')
    ? 'KubernetesNetworkPolicy'
    : resource.kind

/** The policy that a resource is: `none` for one that has no say, `undefined` for what is no policy. */
export const enforced = (
  resource: Resource,
  staged: boolean,
): E.Either<Invalid, GivenPolicy> | 'none' | undefined => {
  switch (resource.kind) {
    case 'NetworkPolicy':
    case 'GlobalNetworkPolicy':
      return E.right({ resource, origin: originOf(resource) })
    case 'StagedNetworkPolicy':
    case 'StagedGlobalNetworkPolicy':
      return staged && isPolicy(resource) ? E.right({ resource, origin: resource.kind }) : 'none'
    case 'StagedKubernetesNetworkPolicy': {
      if (!staged || (resource.spec.stagedAction ?? 'Set') !== 'Set') return 'none'
      const { stagedAction: _, ...spec } = resource.spec
      const made = kubernetesPolicy({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: resource.metadata as { name: string; namespace?: string },
        spec: spec as Readonly<Record<string, unknown>>,
      })
      return E.map(
        (policy: GivenPolicy['resource']): GivenPolicy => ({
          resource: policy,
          origin: 'StagedKubernetesNetworkPolicy',
        }),
      )(made)
    }
    default:
      return undefined
  }
}
