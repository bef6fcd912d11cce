import type { FelixConfigurationSpec } from '../model/felix/felix-configuration.js'
import { family, parseAddress, parseNetwork } from './address.js'
import { all, type Constraint, each, fields, rule, unless } from './constraint.js'
import { isDnsLabel, quoted } from './dns-name.js'
import { keyValues, logFilters, overrides, prometheusHost } from './felix-text.js'
import { goRegexp } from './go-regexp.js'
import { interfaceFilter, interfaceName } from './interface.js'
import { ipv4Address, ipv6Address } from './ip-address.js'
import { looseNet } from './net.js'
import { numberFrom } from './number.js'
import { isNamed, port, ports } from './port.js'
import { routeTables } from './route-table.js'
import { api, validator } from './source.js'
import { form, unlessEmpty } from './text.js'
import { printVersion } from './version.js'

const source = validator('validateFelixConfigSpec')
const inRange = (min: number, max: number): Constraint<number> =>
  numberFrom(min, max, api('felixconfig.go, FelixConfigurationSpec'))
const atLeast = (min: number): Constraint<number> => inRange(min, Number.MAX_SAFE_INTEGER)

const nodePorts: Constraint<ReadonlyArray<number | string>> = rule(
  {
    name: 'node-port-ranges',
    what: 'The ranges of node ports are more than 7, or have a name among them.',
    remedy: 'give at most 7 numbers and ranges',
    source,
  },
  (ranges) => [
    ...unless(ranges.length <= 7, () => ({ message: `there are ${ranges.length} ranges: 7 is the most` })),
    ...ranges.flatMap((range, index) =>
      isNamed(range) ? [{ at: [index], message: `${quoted(String(range))} is the name of a port` }] : [],
    ),
  ],
)

const externalNode: Constraint<string> = form(
  {
    name: 'external-node',
    what: 'An external node is no IPv4 address or CIDR.',
    remedy: 'write an IPv4 address or CIDR',
    source,
  },
  (text) => {
    const network = parseNetwork(text)
    const words = network === undefined ? parseAddress(text) : network.words
    return words !== undefined && family(words) === 4
  },
  'no IPv4 address or CIDR',
)

const prefix = 'openstack-region-'
const longestRegion = 63 - prefix.length

const region: Constraint<string> = form(
  {
    name: 'openstack-region',
    what: 'The name of an OpenStack region cannot be part of the name of a namespace.',
    remedy: `use at most ${longestRegion} lower-case letters, digits and "-"`,
    source,
  },
  (text) => text.length <= longestRegion && isDnsLabel(text),
  'no region that a namespace can be named after',
)

const removed: Constraint<unknown> = rule(
  {
    name: 'removed-field',
    what: 'A field is no longer there in the release of Calico that is checked for.',
    remedy: 'leave it out',
    source: 'calicoctl/calicoctl/resourcemgr/resourcemgr.go, the strict decoding',
    since: '3.32',
  },
  (_, { calico }) => [
    { message: `Calico ${printVersion(calico)} does not have the field: it had no effect` },
  ],
)

const loose = each(looseNet)
const pattern = unlessEmpty(goRegexp)
const listeningPort = inRange(1, 65_535)
const wireguardInterface = unlessEmpty(interfaceName)

/** The settings of Felix. */
export const felixConfigurationSpec: Constraint<FelixConfigurationSpec> = all(
  fields<FelixConfigurationSpec>({
    featureDetectOverride: keyValues,
    featureGates: keyValues,
    openstackRegion: unlessEmpty(region),
    logDebugFilenameRegex: pattern,
    healthTimeoutOverrides: overrides,
    prometheusMetricsHost: unlessEmpty(prometheusHost),
    kubeNodePortRanges: all(ports, nodePorts),
    natPortRange: port,
    natOutgoingAddress: unlessEmpty(ipv4Address),
    deviceRouteSourceAddress: unlessEmpty(ipv4Address),
    deviceRouteSourceAddressIPv6: unlessEmpty(ipv6Address),
    externalNodesList: each(externalNode),
    debugPort: inRange(0, 65_535),
    iptablesNATOutgoingInterfaceFilter: unlessEmpty(interfaceFilter),
    bpfLogFilters: logFilters,
    bpfDataIfacePattern: pattern,
    bpfL3IfacePattern: pattern,
    bpfDSROptoutCIDRs: loose,
    bpfKubeProxyEndpointSlicesEnabled: removed,
    bpfExtToServiceConnmark: inRange(0, 0xffff_ffff),
    bpfPSNATPorts: port,
    bpfForceTrackPacketsFromIfaces: each(interfaceFilter),
    bpfDisableGROForIfaces: pattern,
    bpfExcludeCIDRsFromNAT: loose,
    wireguardListeningPort: listeningPort,
    wireguardListeningPortV6: listeningPort,
    wireguardRoutingRulePriority: inRange(1, 32_765),
    wireguardInterfaceName: wireguardInterface,
    wireguardInterfaceNameV6: wireguardInterface,
    mtuIfacePattern: pattern,
    goGCThreshold: atLeast(-1),
    goMemoryLimitMB: atLeast(-1),
  }),
  routeTables,
)
