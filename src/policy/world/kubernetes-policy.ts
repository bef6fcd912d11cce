import type * as E from 'fp-ts/lib/Either.js'
import { fromKubernetes } from '../../convert/from-kubernetes.js'
import type { Invalid } from '../../error.js'
import type { NetworkPolicy } from '../../model/policy/network-policy.js'
import type { Manifest } from './manifest.js'

/** As the API server fills it in: Ingress, and Egress where there are egress rules. */
const policyTypes = ({ policyTypes: given, egress }: Readonly<Record<string, unknown>>): unknown => {
  if (Array.isArray(given) && given.length > 0) return given
  return Array.isArray(egress) && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
}

/** The Calico policy that Calico makes of a Kubernetes NetworkPolicy as it stands in a cluster. */
export const kubernetesPolicy = ({ metadata, spec = {} }: Manifest): E.Either<Invalid, NetworkPolicy> => {
  const { name, namespace = 'default' } = metadata
  const { podSelector = {}, ingress, egress } = spec
  return fromKubernetes({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: {
      podSelector,
      policyTypes: policyTypes(spec),
      ...(ingress == null ? {} : { ingress }),
      ...(egress == null ? {} : { egress }),
    },
  })
}
