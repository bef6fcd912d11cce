import {
  type Codec,
  integer,
  integerFrom,
  literal,
  literalSince,
  object,
  optional,
  orEmpty,
} from '../codec/codec.js'
import { type GlobalResource, globalHead } from '../meta/envelope.js'
import { StringMap } from '../meta/metadata.js'
import type { LogLevel } from '../meta/scalars.js'
import { Duration, Switch } from '../meta/scalars.js'
import { AutoHostEndpointConfig } from './auto-host-endpoint.js'

/** Cleans up after nodes that are gone. */
export interface NodeControllerConfig {
  /** 5m by default. */
  readonly reconcilerPeriod?: Duration
  /** `Enabled` by default. */
  readonly syncLabels?: Switch
  readonly hostEndpoint?: AutoHostEndpointConfig
  /** When an address counts as leaked; 15m by default, 0 turns it off. */
  readonly leakGracePeriod?: Duration
}

const NodeControllerConfig: Codec<NodeControllerConfig> = object<NodeControllerConfig>(
  'NodeControllerConfig',
  {
    reconcilerPeriod: optional(Duration),
    syncLabels: optional(Switch),
    hostEndpoint: optional(AutoHostEndpointConfig),
    leakGracePeriod: optional(Duration),
  },
)

/** A controller that there is only with etcd as the datastore. */
export interface ReconcilerConfig {
  /** 5m by default. */
  readonly reconcilerPeriod?: Duration
}

const ReconcilerConfig: Codec<ReconcilerConfig> = object<ReconcilerConfig>('ReconcilerConfig', {
  reconcilerPeriod: optional(Duration),
})

export interface LoadBalancerControllerConfig {
  /** `AllServices` by default. */
  readonly assignIPs?: 'AllServices' | 'RequestedServicesOnly'
}

const LoadBalancerControllerConfig: Codec<LoadBalancerControllerConfig> =
  object<LoadBalancerControllerConfig>('LoadBalancerControllerConfig', {
    assignIPs: optional(literal('AllServices', 'RequestedServicesOnly')),
  })

/** Gives stored policies of older releases their new names. */
export interface PolicyMigrationConfig {
  /** `Enabled` by default. */
  readonly enabled?: Switch
}

const PolicyMigrationConfig: Codec<PolicyMigrationConfig> = object<PolicyMigrationConfig>(
  'MigrationControllerConfig',
  { enabled: optional(Switch) },
)

/** What is brought into the form of the release. */
export interface MigrationConfig {
  /** Gives stored policies of older releases their new names; `Enabled` by default. */
  readonly policyNameMigrator?: Switch
}

const MigrationConfig: Codec<MigrationConfig> = object<MigrationConfig>('MigrationConfig', {
  policyNameMigrator: optional(Switch),
})

/** The controllers that run: one that is left out does not. */
export interface ControllersConfig {
  readonly node?: NodeControllerConfig
  readonly policy?: ReconcilerConfig
  readonly workloadEndpoint?: ReconcilerConfig
  readonly serviceAccount?: ReconcilerConfig
  readonly namespace?: ReconcilerConfig
  /** Since Calico 3.30. */
  readonly loadBalancer?: LoadBalancerControllerConfig
  /** Since Calico 3.32; `migration` says it since 3.33. */
  readonly policyMigration?: PolicyMigrationConfig
  /** Since Calico 3.33. */
  readonly migration?: MigrationConfig
}

const ControllersConfig: Codec<ControllersConfig> = object<ControllersConfig>('ControllersConfig', {
  node: optional(NodeControllerConfig),
  policy: optional(ReconcilerConfig),
  workloadEndpoint: optional(ReconcilerConfig),
  serviceAccount: optional(ReconcilerConfig),
  namespace: optional(ReconcilerConfig),
  loadBalancer: optional(LoadBalancerControllerConfig, '3.30'),
  policyMigration: optional(PolicyMigrationConfig, { since: '3.32', until: '3.33' }),
  migration: optional(MigrationConfig, '3.33'),
})

/** **Source**: `api/pkg/apis/projectcalico/v3/kubecontrollersconfig.go`. */
export interface KubeControllersConfigurationSpec {
  /** `Info` by default. `None` and `Panic` since Calico 3.32. */
  readonly logSeverityScreen?: LogLevel | 'None' | 'Panic'
  /** `Enabled` by default. */
  readonly healthChecks?: Switch
  /** 10m by default; 0 turns it off. */
  readonly etcdV3CompactionPeriod?: Duration
  /** 9094 by default; 0 turns it off. */
  readonly prometheusMetricsPort?: number
  readonly controllers: ControllersConfig
  /** None by default. */
  readonly debugProfilePort?: number
}

export const KubeControllersConfigurationSpec: Codec<KubeControllersConfigurationSpec> =
  object<KubeControllersConfigurationSpec>('KubeControllersConfigurationSpec', {
    logSeverityScreen: optional(
      literalSince(['Debug', 'Info', 'Warning', 'Error', 'Fatal'], { None: '3.32', Panic: '3.32' }),
    ),
    healthChecks: optional(Switch),
    etcdV3CompactionPeriod: optional(Duration),
    prometheusMetricsPort: optional(integer),
    controllers: orEmpty(ControllersConfig),
    debugProfilePort: optional(integerFrom(-(2 ** 31), 2 ** 31 - 1)),
  })

/** What the controllers run with, environment variables counted in. */
export interface KubeControllersConfigurationStatus {
  readonly runningConfig?: KubeControllersConfigurationSpec
  readonly environmentVars?: StringMap
}

const KubeControllersConfigurationStatus: Codec<KubeControllersConfigurationStatus> =
  object<KubeControllersConfigurationStatus>('KubeControllersConfigurationStatus', {
    runningConfig: optional(KubeControllersConfigurationSpec),
    environmentVars: optional(StringMap),
  })

/** Settings of Calico's controllers. There is one, named `default`. */
export interface KubeControllersConfiguration
  extends GlobalResource<'KubeControllersConfiguration', KubeControllersConfigurationSpec> {
  readonly status?: KubeControllersConfigurationStatus
}

export const KubeControllersConfiguration: Codec<KubeControllersConfiguration> =
  object<KubeControllersConfiguration>('KubeControllersConfiguration', {
    ...globalHead('KubeControllersConfiguration'),
    spec: orEmpty(KubeControllersConfigurationSpec),
    status: optional(KubeControllersConfigurationStatus),
  })
