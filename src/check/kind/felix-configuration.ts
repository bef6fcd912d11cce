import type { FelixConfiguration, FelixConfigurationSpec } from '../../model/felix/felix-configuration.js'
import type { HealthTimeoutOverride } from '../../model/felix/logs.js'
import type { StringMap } from '../../model/meta/metadata.js'
import { family, parseAddress, parseNetwork } from '../../net/ip-address.js'
import { api, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { isDnsLabel } from '../value/dns-name.js'
import { dscp } from '../value/dscp.js'
import { goRegexp } from '../value/go-regexp.js'
import { int32Until } from '../value/int32.js'
import { interfaceFilter, interfaceName } from '../value/interface.js'
import { ipv4Address, ipv6Address } from '../value/ip-address.js'
import { metadata } from '../value/metadata.js'
import { looseNet } from '../value/net.js'
import { isNamed, port, ports } from '../value/port.js'
import { routePriority } from '../value/route-priority.js'
import { anySelector } from '../value/selector.js'
import { form, numberFrom, unlessEmpty } from '../value/text-number-list.js'
import { routeTables } from './route-table.js'

/** `name=value`, by commas; between commas there may be nothing. */
const keyValues: Constraint<string> = form(
  {
    name: 'key-value-list',
    what: 'A list of settings is not in the form name=value,name=value.',
    remedy: 'write it as "First=true,Second=false"',
    source: validator('validateKeyValueList'),
  },
  (text) =>
    text.trim() === '' || text.split(',').every((item) => item === '' || /^[\t\n\f\r ]*\w+=.*$/.test(item)),
  'not a list of name=value',
)

/** Where metrics are served: a host name or an address. */
const prometheusHost: Constraint<string> = form(
  {
    name: 'prometheus-host',
    what: 'The host to serve metrics on is not valid.',
    remedy: 'use a host name or an address of at most 64 characters',
    source: validator('validatePrometheusHost'),
  },
  (text) => /^[a-zA-Z0-9:._+-]{1,64}$/.test(text),
  'not a valid host',
)

/** The keys are interfaces. */
const logFilters: Constraint<StringMap> = rule(
  {
    name: 'bpf-log-filter',
    what: 'The key of a BPF log filter is not an interface.',
    remedy: 'use the name of an interface, or all, weps or heps',
    source: validator('validateBPFLogFilters'),
  },
  (filters) =>
    Object.keys(filters)
      .filter((key) => !/^[a-zA-Z0-9_.-]{1,15}$/.test(key))
      .map((key) => ({ at: [key], message: `${quoted(key)} is not a valid interface name` })),
)

const overrideName: Constraint<HealthTimeoutOverride> = rule(
  {
    name: 'health-timeout-name',
    what: 'The name in a health timeout override cannot be that of a component of Felix.',
    remedy: 'use letters, digits, "_", "-" and spaces',
    source: validator('validateHealthTimeoutOverride'),
  },
  ({ name = '' }) =>
    unless(/^[a-zA-Z0-9_ -]+$/.test(name), () => ({
      at: ['name'],
      message: `${quoted(name)} cannot be the name of a component of Felix`,
    })),
)

const positive: Constraint<string> = form(
  {
    name: 'health-timeout-negative',
    what: 'A timeout is negative.',
    remedy: 'remove the "-"',
    source: validator('validateHealthTimeoutOverride'),
  },
  (text) => !text.startsWith('-') || !/[1-9]/.test(text),
  'negative',
)

const overrides: Constraint<ReadonlyArray<HealthTimeoutOverride>> = each(
  all(overrideName, fields<HealthTimeoutOverride>({ timeout: positive })),
)

const source = validator('validateFelixConfigSpec')
const inRange = (min: number, max: number): Constraint<number> =>
  numberFrom(min, max, { source: api('felixconfig.go, FelixConfigurationSpec') })
const atLeast = (min: number): Constraint<number> => inRange(min, Number.MAX_SAFE_INTEGER)

const nodePorts: Constraint<ReadonlyArray<number | string>> = rule(
  {
    name: 'node-port-ranges',
    what: 'There are more than 7 node port ranges, or one of them is a name.',
    remedy: 'use at most 7 numbers and ranges',
    source,
  },
  (ranges) => [
    ...unless(ranges.length <= 7, () => ({
      message: `there are ${ranges.length} ranges: at most 7 are allowed`,
    })),
    ...ranges.flatMap((range, index) =>
      isNamed(range)
        ? [{ at: [index], message: `${quoted(String(range))} is a name, not a port or a range` }]
        : [],
    ),
  ],
)

const externalNode: Constraint<string> = form(
  {
    name: 'external-node',
    what: 'An external node is neither an IPv4 address nor an IPv4 CIDR.',
    remedy: 'write an IPv4 address or CIDR',
    source,
  },
  (text) => {
    const network = parseNetwork(text)
    const words = network === undefined ? parseAddress(text) : network.words
    return words !== undefined && family(words) === 4
  },
  'neither an IPv4 address nor an IPv4 CIDR',
)

const prefix = 'openstack-region-'
const longestRegion = 63 - prefix.length

const region: Constraint<string> = form(
  {
    name: 'openstack-region',
    what: "The name of an OpenStack region cannot become part of a namespace's name.",
    remedy: `use at most ${longestRegion} lower-case letters, digits and "-"`,
    source,
  },
  (text) => text.length <= longestRegion && isDnsLabel(text),
  'not a name that a namespace can be made from',
)

const loose = each(looseNet)
const pattern = unlessEmpty(goRegexp)
const listeningPort = inRange(1, 65_535)
const wireguardInterface = unlessEmpty(interfaceName)

const rateLimit: Constraint<string> = form(
  {
    name: 'log-rate-limit',
    what: 'The rate of logging is not a number per second, minute, hour or day.',
    remedy: 'write it as "10/second", with a number from 1 to 9999',
    source: api('felixconfig.go, LogActionRateLimit'),
  },
  (text) => /^[1-9]\d{0,3}\/(?:second|minute|hour|day)$/.test(text),
  'no rate',
)

/** The settings of Felix. */
const felixConfigurationSpec: Constraint<FelixConfigurationSpec> = all(
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
    iptablesMarkMask: int32Until('3.33'),
    nftablesMarkMask: int32Until('3.33'),
    iptablesNATOutgoingInterfaceFilter: unlessEmpty(interfaceFilter),
    bpfLogFilters: logFilters,
    bpfDataIfacePattern: pattern,
    bpfL3IfacePattern: pattern,
    bpfDSROptoutCIDRs: loose,
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
    bpfKubeProxyHealthzPort: inRange(0, 65_535),
    bpfMaglevMaxEndpointsPerService: inRange(1, 3_000),
    bpfMaglevMaxServices: inRange(1, 3_000),
    ipv4NormalRoutePriority: routePriority,
    ipv4ElevatedRoutePriority: routePriority,
    ipv6NormalRoutePriority: routePriority,
    ipv6ElevatedRoutePriority: routePriority,
    logActionRateLimit: rateLimit,
    logActionRateLimitBurst: inRange(0, 9_999),
    istioDSCPMark: dscp,
    nodeSelector: unlessEmpty(anySelector),
    nftablesFlowTableDataIfacePattern: pattern,
  }),
  routeTables,
)

const scope: Constraint<FelixConfiguration> = rule(
  {
    name: 'felix-node-selector',
    what: 'The configuration of all nodes, or of one, has a selector of nodes.',
    remedy: 'leave nodeSelector out, or give the configuration a name that is neither "default" nor "node.…"',
    source: 'api/config/crd, x-kubernetes-validations',
  },
  ({ metadata: { name }, spec }) =>
    unless(spec.nodeSelector === undefined || !(name === 'default' || name.startsWith('node.')), () => ({
      at: ['spec', 'nodeSelector'],
      message: `nodeSelector in the FelixConfiguration ${quoted(name)}`,
    })),
)

export const felixConfiguration: Constraint<FelixConfiguration> = all(
  fields<FelixConfiguration>({ metadata, spec: felixConfigurationSpec }),
  scope,
)
