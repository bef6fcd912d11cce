import { type Codec, object } from '../codec/codec.js'
import { type GlobalResource, global } from '../meta/envelope.js'
import { bpf, type FelixBPF } from './bpf.js'
import { endpoints, type FelixEndpoints } from './endpoints.js'
import { type FelixIptables, iptables } from './iptables.js'
import { type FelixLogs, logs } from './logs.js'
import { type FelixRoutes, routes } from './routes.js'

/**
 * By theme, each in its own file. Fields without a version are in Calico 3.28; older ones may lack some.
 *
 * **Source**: `api/pkg/apis/projectcalico/v3/felixconfig.go`; defaults: `felix/config/config_params.go`.
 */
export interface FelixConfigurationSpec
  extends FelixEndpoints,
    FelixRoutes,
    FelixIptables,
    FelixBPF,
    FelixLogs {}

export const FelixConfigurationSpec: Codec<FelixConfigurationSpec> = object<FelixConfigurationSpec>(
  'FelixConfigurationSpec',
  { ...endpoints, ...routes, ...iptables, ...bpf, ...logs },
  /^(?:capture|dns[A-Z]|egress(?:Gateway|IP)|flowLogs|l7Logs|prometheusReporter|syslogReporter|tproxy|waf)/,
)

/** Settings of Felix, Calico's agent on each node: `default` for all of them, `node.<name>` for one. */
export interface FelixConfiguration extends GlobalResource<'FelixConfiguration', FelixConfigurationSpec> {}
export const FelixConfiguration: Codec<FelixConfiguration> = global(
  'FelixConfiguration',
  FelixConfigurationSpec,
)
