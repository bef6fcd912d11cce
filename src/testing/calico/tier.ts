import type { KubeObject } from '../../cluster/port.js'
import { minorOf } from '../../model/calico-version.js'
import { defaultTierOrder } from '../../model/policy/tier.js'

export const tierOf = ({ spec }: KubeObject): string => {
  const { tier } = Object(spec)
  return typeof tier === 'string' && tier !== '' ? tier : 'default'
}

/** The policy with its tier and the label of it. */
export const inTier = (object: KubeObject): KubeObject => {
  const tier = tierOf(object)
  const labels = { ...object.metadata.labels, 'projectcalico.org/tier': tier }
  return { ...object, metadata: { ...object.metadata, labels }, spec: { ...Object(object.spec), tier } }
}

/** What a release of Calico makes of tiers itself: order and default action of each. */
export const builtInTiers = (release: string): ReadonlyArray<readonly [string, number, 'Deny' | 'Pass']> => {
  const minor = minorOf(release)
  if (minor < 29) return []
  const others = [
    ...(minor < 32 ? ([['adminnetworkpolicy', 1_000, 'Pass']] as const) : []),
    ...(minor === 30 || minor === 31 ? ([['baselineadminnetworkpolicy', 10_000_000, 'Pass']] as const) : []),
    ...(minor < 32
      ? []
      : ([
          ['kube-admin', 1_000, 'Pass'],
          ['kube-baseline', 10_000_000, 'Pass'],
        ] as const)),
  ]
  return [['default', defaultTierOrder, 'Deny'], ...others]
}
