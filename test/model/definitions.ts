import type { Kind } from '../../src/model/kind.js'

/** A value's type in a definition, or its words: `integer`, `TC|TCX`. */
export type Word = string

type Fields = Readonly<Record<string, Word>>

/** What the definitions of a release say that those of the one before do not. */
export interface Changes {
  readonly added: Readonly<Partial<Record<Kind, Fields>>>
  readonly removed: Readonly<Partial<Record<Kind, ReadonlyArray<string>>>>
  /** Fields that both have, with the words that they take now. */
  readonly values: Readonly<Partial<Record<Kind, Fields>>>
}

/** The fields, each under all of the places. */
const under = (places: ReadonlyArray<string>, fields: Fields): Fields =>
  Object.fromEntries(
    places.flatMap((place) => Object.entries(fields).map(([path, word]) => [`${place}${path}`, word])),
  )

const conditions: Fields = {
  status: 'object',
  'status.conditions': 'array',
  'status.conditions[]': 'object',
  ...under(['status.conditions[].'], {
    lastTransitionTime: 'string',
    message: 'string',
    observedGeneration: 'integer',
    reason: 'string',
    status: 'False|True|Unknown',
    type: 'string',
  }),
}

const configured = ['spec', 'status.runningConfig']
const onOff = 'Disabled|Enabled'

/**
 * What the definitions of 3.32.1 have, and those of 3.28.5 have not. Kinds that are new are beside it. Read off
 * `api/config/crd` of the release; fields of version 1 of the API, which must not be set, are left out.
 */
export const since3_28: Changes = {
  added: {
    NetworkPolicy: { 'spec.tier': 'string' },
    GlobalNetworkPolicy: { 'spec.tier': 'string' },
    IPPool: {
      'spec.assignmentMode': 'Automatic|Manual',
      'spec.namespaceSelector': 'string',
      ...conditions,
    },
    BGPConfiguration: under(['spec.'], {
      ipv4NormalRoutePriority: 'integer',
      ipv6NormalRoutePriority: 'integer',
      localWorkloadPeeringIPV4: 'string',
      localWorkloadPeeringIPV6: 'string',
      programClusterRoutes: onOff,
      serviceLoadBalancerAggregation: onOff,
    }),
    BGPPeer: under(['spec.'], {
      keepaliveTime: 'string',
      localASNumber: 'integer',
      localWorkloadSelector: 'string',
      nextHopMode: 'Auto|Keep|Self',
      reversePeering: 'Auto|Manual',
    }),
    BGPFilter: under(['spec.exportV4[].', 'spec.exportV6[].', 'spec.importV4[].', 'spec.importV6[].'], {
      asPathPrefix: 'array',
      'asPathPrefix[]': 'integer',
      communities: 'object',
      'communities.values': 'array',
      'communities.values[]': 'string',
      operations: 'array',
      'operations[]': 'object',
      'operations[].addCommunity': 'object',
      'operations[].addCommunity.value': 'string',
      'operations[].prependASPath': 'object',
      'operations[].prependASPath.prefix': 'array',
      'operations[].prependASPath.prefix[]': 'integer',
      'operations[].setPriority': 'object',
      'operations[].setPriority.value': 'integer',
      peerType: 'eBGP|iBGP',
      prefixLength: 'object',
      'prefixLength.max': 'integer',
      'prefixLength.min': 'integer',
      priority: 'integer',
    }),
    FelixConfiguration: under(['spec.'], {
      bpfAttachType: 'TC|TCX',
      bpfConntrackLogLevel: 'Debug|Off',
      bpfConntrackMode: 'Auto|BPFProgram|Userspace',
      bpfConntrackTimeouts: 'object',
      ...under(['bpfConntrackTimeouts.'], {
        creationGracePeriod: 'string',
        genericTimeout: 'string',
        icmpTimeout: 'string',
        tcpEstablished: 'string',
        tcpFinsSeen: 'string',
        tcpResetSeen: 'string',
        tcpSynSent: 'string',
        udpTimeout: 'string',
      }),
      bpfExportBufferSizeMB: 'integer',
      bpfJITHardening: 'Auto|Strict',
      bpfKubeProxyHealthzPort: 'integer',
      bpfMaglevMaxEndpointsPerService: 'integer',
      bpfMaglevMaxServices: 'integer',
      bpfMapSizeConntrackCleanupQueue: 'integer',
      bpfMapSizeConntrackScaling: 'string',
      bpfMapSizePerCpuConntrack: 'integer',
      bpfProfiling: onOff,
      bpfRedirectToPeer: onOff,
      cgroupV2Path: 'string',
      flowLogsCollectorDebugTrace: 'boolean',
      flowLogsFlushInterval: 'string',
      flowLogsGoldmaneServer: 'string',
      flowLogsLocalReporter: onOff,
      flowLogsPolicyEvaluationMode: 'Continuous|None',
      goGCThreshold: 'integer',
      goMaxProcs: 'integer',
      goMemoryLimitMB: 'integer',
      ipForwarding: onOff,
      ipv4ElevatedRoutePriority: 'integer',
      ipv4NormalRoutePriority: 'integer',
      ipv6ElevatedRoutePriority: 'integer',
      ipv6NormalRoutePriority: 'integer',
      istioAmbientMode: onOff,
      istioDSCPMark: 'integer-or-string',
      liveMigrationRouteConvergenceTime: 'string',
      logActionRateLimit: 'string',
      logActionRateLimitBurst: 'integer',
      natOutgoingExclusions: 'IPPoolsAndHostIPs|IPPoolsOnly',
      nftablesFilterAllowAction: 'string',
      nftablesFilterDenyAction: 'string',
      nftablesMangleAllowAction: 'string',
      nftablesMarkMask: 'integer',
      nftablesMode: 'Auto|Disabled|Enabled',
      nftablesRefreshInterval: 'string',
      nodeSelector: 'string',
      programClusterRoutes: onOff,
      prometheusMetricsCAFile: 'string',
      prometheusMetricsCertFile: 'string',
      prometheusMetricsClientAuth: 'string',
      prometheusMetricsKeyFile: 'string',
      requireMTUFile: 'boolean',
    }),
    KubeControllersConfiguration: under(
      configured.map((place) => `${place}.controllers.`),
      {
        loadBalancer: 'object',
        'loadBalancer.assignIPs': 'AllServices|RequestedServicesOnly',
        'node.hostEndpoint.createDefaultHostEndpoint': 'string',
        'node.hostEndpoint.templates': 'array',
        'node.hostEndpoint.templates[]': 'object',
        'node.hostEndpoint.templates[].generateName': 'string',
        'node.hostEndpoint.templates[].interfaceCIDRs': 'array',
        'node.hostEndpoint.templates[].interfaceCIDRs[]': 'string',
        'node.hostEndpoint.templates[].interfacePattern': 'string',
        'node.hostEndpoint.templates[].labels': 'object',
        'node.hostEndpoint.templates[].labels{}': 'string',
        'node.hostEndpoint.templates[].nodeSelector': 'string',
        policyMigration: 'object',
        'policyMigration.enabled': onOff,
      },
    ),
  },
  removed: {
    FelixConfiguration: [
      'spec.bpfKubeProxyEndpointSlicesEnabled',
      'spec.iptablesLockFilePath',
      'spec.iptablesLockTimeout',
    ],
  },
  values: {},
}

/** What 3.33's definitions have, and those of 3.32.1 have not. */
export const since3_32: Changes = {
  added: {
    FelixConfiguration: under(['spec.'], {
      bpfIPFragTimeout: 'string',
      bpfIPFragmentReassemblyEnabled: 'boolean',
      bpfOverlayHostSourceIP: 'HostAddress|TunnelAddress',
      localSubnetL2Reachability: 'Disabled|PodsAndLoadBalancers',
      localSubnetL2ReachabilityRefreshInterval: 'string',
      nftablesFlowTableDataIfacePattern: 'string',
      nftablesFlowTableOffload: 'All|Disabled',
    }),
    KubeControllersConfiguration: under(
      configured.map((place) => `${place}.controllers.`),
      {
        migration: 'object',
        'migration.policyNameMigrator': onOff,
        'node.hostEndpoint.templates[].annotations': 'object',
        'node.hostEndpoint.templates[].annotations{}': 'string',
      },
    ),
  },
  removed: {
    KubeControllersConfiguration: configured.flatMap((place) => [
      `${place}.controllers.policyMigration`,
      `${place}.controllers.policyMigration.enabled`,
    ]),
  },
  values: {
    BGPConfiguration: { 'spec.programClusterRoutes': 'Disabled|Enabled|EnabledIPIPOnly|EnabledNoEncapOnly' },
    FelixConfiguration: {
      'spec.bpfAttachType': 'Netkit|TC|TCX',
      'spec.programClusterRoutes': 'Disabled|Enabled|EnabledIPIPOnly|EnabledNoEncapOnly',
    },
  },
}

/**
 * The kinds that 3.28.5 has not, as 3.32.1 has them: what they have beyond another kind. StagedKubernetesNetworkPolicy has the fields
 * of Kubernetes' own.
 */
export const newKinds: ReadonlyArray<{ readonly kind: Kind; readonly like?: Kind; readonly fields: Fields }> =
  [
    {
      kind: 'Tier',
      fields: { 'spec.defaultAction': 'string', 'spec.order': 'number', ...conditions },
    },
    {
      kind: 'StagedNetworkPolicy',
      like: 'NetworkPolicy',
      fields: { 'spec.stagedAction': 'Delete|Ignore|Learn|Set' },
    },
    {
      kind: 'StagedGlobalNetworkPolicy',
      like: 'GlobalNetworkPolicy',
      fields: { 'spec.stagedAction': 'Delete|Ignore|Learn|Set' },
    },
  ]
