import type { StructuralSchema } from '../../cluster/memory/kinds/structural-schema.js'
import { minorOf } from '../../model/calico-version.js'

type Fields = Readonly<Record<string, StructuralSchema>>

const byDefault = (value: unknown): StructuralSchema => ({ default: value })
const within = (properties: Fields): StructuralSchema => ({ properties })

const someTypes: StructuralSchema = { minItems: 1 }
const policy: Fields = { tier: byDefault('default'), types: someTypes }
const staged: Fields = { stagedAction: byDefault('Set') }

/** What the definitions of 3.32 fill into a spec, and what of it they bound. **Source**: `api/config/crd`. */
const specs: Readonly<Record<string, Fields>> = {
  NetworkPolicy: policy,
  GlobalNetworkPolicy: policy,
  StagedNetworkPolicy: { ...policy, ...staged },
  StagedGlobalNetworkPolicy: { ...policy, ...staged },
  StagedKubernetesNetworkPolicy: { ...staged, policyTypes: someTypes },
  Tier: { defaultAction: byDefault('Deny') },
  IPPool: { assignmentMode: byDefault('Automatic') },
  FelixConfiguration: { nftablesMode: byDefault('Auto') },
  BGPConfiguration: {
    logSeverityScreen: byDefault('Info'),
    serviceLoadBalancerAggregation: byDefault('Enabled'),
  },
  KubeControllersConfiguration: {
    healthChecks: byDefault('Enabled'),
    controllers: within({
      loadBalancer: within({ assignIPs: byDefault('AllServices') }),
      policyMigration: within({ enabled: byDefault('Enabled') }),
    }),
  },
}

/** What 3.33 has added to, or taken from, those. */
const specs333: Readonly<Record<string, Fields>> = {
  FelixConfiguration: { nftablesMode: byDefault('Auto'), nftablesFlowTableOffload: byDefault('Disabled') },
  IPPool: { assignmentMode: byDefault('Automatic'), nodeSelector: byDefault('all()') },
  KubeControllersConfiguration: {
    healthChecks: byDefault('Enabled'),
    controllers: within({
      loadBalancer: within({ assignIPs: byDefault('AllServices') }),
      migration: within({ policyNameMigrator: byDefault('Enabled') }),
    }),
  },
}

/** The schema of a kind's definition, as far as it changes or refuses what is written. Older releases have none. */
export const schemaOf = (kind: string, calico: string): StructuralSchema => {
  const minor = minorOf(calico)
  const spec = minor < 32 ? undefined : ((minor > 32 ? specs333[kind] : undefined) ?? specs[kind])
  return spec === undefined ? {} : within({ spec: within(spec) })
}
