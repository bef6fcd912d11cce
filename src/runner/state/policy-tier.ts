import type { KubeObject } from '../../cluster/port.js'
import { isTiered } from '../../model/kind.js'
import type { Resource } from '../../model/resource.js'

/** The tier of a policy; none of what is no policy. Kubernetes' own, staged, are in the default one. */
export const tierOf = ({ kind, spec }: Resource | KubeObject): ReadonlyArray<string> => {
  if (kind === 'StagedKubernetesNetworkPolicy') return ['default']
  if (!isTiered(kind)) return []
  const fields = Object(spec)
  return typeof fields.tier === 'string' ? [fields.tier] : ['default']
}
