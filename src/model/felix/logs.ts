import { boolean, type Codec, integer, list, object, optional, pointed, string } from '../codec/codec.js'
import type { Lifetime } from '../lifetime.js'
import { Duration, LogLevel, Switch } from '../meta/scalars.js'

/** How long a part of Felix may be silent before it counts as unwell. */
export interface HealthTimeoutOverride {
  readonly name?: string
  readonly timeout?: Duration
}

const HealthTimeoutOverride: Codec<HealthTimeoutOverride> = object<HealthTimeoutOverride>(
  'HealthTimeoutOverride',
  { name: optional(string), timeout: optional(Duration) },
)

/** Whether who asks for metrics has to show a certificate, and whether it is verified. */
type ClientAuth =
  | 'RequireAndVerifyClientCert'
  | 'RequireAnyClientCert'
  | 'VerifyClientCertIfGiven'
  | 'NoClientCert'
const ClientAuth: Codec<ClientAuth> = pointed(
  'RequireAndVerifyClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'NoClientCert',
)

/** What Felix tells about itself: logs, health, metrics and reports. */
export interface FelixLogs {
  /** What a rule of action Log writes before its line; `calico-packet` by default. */
  readonly logPrefix?: string
  /** `none` turns it off; `/var/log/calico/felix.log` by default. */
  readonly logFilePath?: string
  /** `Info` by default. */
  readonly logSeverityFile?: LogLevel
  /** `Info` by default. */
  readonly logSeverityScreen?: LogLevel
  /** `Info` by default. */
  readonly logSeveritySys?: LogLevel
  /** The source files whose debug logs are written, as a regular expression; all by default. */
  readonly logDebugFilenameRegex?: string
  /** False by default. */
  readonly healthEnabled?: boolean
  /** `localhost` by default. */
  readonly healthHost?: string
  /** 9099 by default. */
  readonly healthPort?: number
  readonly healthTimeoutOverrides?: ReadonlyArray<HealthTimeoutOverride>
  /** 90s by default. Deprecated: `healthTimeoutOverrides` says it. */
  readonly dataplaneWatchdogTimeout?: Duration
  /** False by default. */
  readonly prometheusMetricsEnabled?: boolean
  /** All addresses by default. */
  readonly prometheusMetricsHost?: string
  /** 9091 by default. */
  readonly prometheusMetricsPort?: number
  /** True by default. */
  readonly prometheusGoMetricsEnabled?: boolean
  /** True by default. */
  readonly prometheusProcessMetricsEnabled?: boolean
  /** True by default. */
  readonly prometheusWireGuardMetricsEnabled?: boolean
  /** How often Felix writes its own status; 30s by default, 0 turns it off. */
  readonly reportingInterval?: Duration
  /** 90s by default. */
  readonly reportingTTL?: Duration
  /** False by default. */
  readonly endpointReportingEnabled?: boolean
  /** 1s by default. */
  readonly endpointReportingDelay?: Duration
  /** The folder that endpoints' status is written to; none by default. */
  readonly endpointStatusPathPrefix?: string
  /** Whether version and size of the cluster are sent to projectcalico.org; true by default. */
  readonly usageReportingEnabled?: boolean
  /** 300s by default. */
  readonly usageReportingInitialDelay?: Duration
  /** 86400s by default. */
  readonly usageReportingInterval?: Duration
  /** Where flow logs are sent; nowhere by default. Since Calico 3.30. */
  readonly flowLogsGoldmaneServer?: string
  /** 300s by default. Since Calico 3.30. */
  readonly flowLogsFlushInterval?: Duration
  /** False by default. Since Calico 3.30. */
  readonly flowLogsCollectorDebugTrace?: boolean
  /** `Disabled` by default. Since Calico 3.30. */
  readonly flowLogsLocalReporter?: Switch
  /** `Continuous` by default. Since Calico 3.30. */
  readonly flowLogsPolicyEvaluationMode?: 'None' | 'Continuous'
  /** How often a rule of action Log writes at most: `10/second`; also per minute, hour and day. Since Calico 3.31.4, and 3.30.6. */
  readonly logActionRateLimit?: string
  /** How many lines may come at once where `logActionRateLimit` is set: 0 to 9999. Since Calico 3.31.4, and 3.30.6. */
  readonly logActionRateLimitBurst?: number
  /** The authority of the metrics' clients, as an absolute path. Since Calico 3.32. */
  readonly prometheusMetricsCAFile?: string
  /** The certificate that metrics are served with, as an absolute path. Since Calico 3.32. */
  readonly prometheusMetricsCertFile?: string
  /** The key of that certificate, as an absolute path. Since Calico 3.32. */
  readonly prometheusMetricsKeyFile?: string
  /** `RequireAndVerifyClientCert` by default. Since Calico 3.32. */
  readonly prometheusMetricsClientAuth?: ClientAuth
}

const rateLimits: Lifetime = { since: '3.31.4', backports: ['3.30.6'] }

export const logs = {
  logPrefix: optional(string),
  logFilePath: optional(string),
  logSeverityFile: optional(LogLevel),
  logSeverityScreen: optional(LogLevel),
  logSeveritySys: optional(LogLevel),
  logDebugFilenameRegex: optional(string),
  healthEnabled: optional(boolean),
  healthHost: optional(string),
  healthPort: optional(integer),
  healthTimeoutOverrides: optional(list(HealthTimeoutOverride)),
  dataplaneWatchdogTimeout: optional(Duration),
  prometheusMetricsEnabled: optional(boolean),
  prometheusMetricsHost: optional(string),
  prometheusMetricsPort: optional(integer),
  prometheusGoMetricsEnabled: optional(boolean),
  prometheusProcessMetricsEnabled: optional(boolean),
  prometheusWireGuardMetricsEnabled: optional(boolean),
  reportingInterval: optional(Duration),
  reportingTTL: optional(Duration),
  endpointReportingEnabled: optional(boolean),
  endpointReportingDelay: optional(Duration),
  endpointStatusPathPrefix: optional(string),
  usageReportingEnabled: optional(boolean),
  usageReportingInitialDelay: optional(Duration),
  usageReportingInterval: optional(Duration),
  flowLogsGoldmaneServer: optional(string, '3.30'),
  flowLogsFlushInterval: optional(Duration, '3.30'),
  flowLogsCollectorDebugTrace: optional(boolean, '3.30'),
  flowLogsLocalReporter: optional(Switch, '3.30'),
  flowLogsPolicyEvaluationMode: optional(pointed('None', 'Continuous'), '3.30'),
  logActionRateLimit: optional(string, rateLimits),
  logActionRateLimitBurst: optional(integer, rateLimits),
  prometheusMetricsCAFile: optional(string, '3.32'),
  prometheusMetricsCertFile: optional(string, '3.32'),
  prometheusMetricsKeyFile: optional(string, '3.32'),
  prometheusMetricsClientAuth: optional(ClientAuth, '3.32'),
}
