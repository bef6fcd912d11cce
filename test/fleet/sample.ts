const apiVersion = 'projectcalico.org/v3'

/** Resources of every kind that has a stored form, with what is stored in another way than it is written. */
export const sample: ReadonlyArray<object> = [
  {
    apiVersion,
    kind: 'NetworkPolicy',
    metadata: {
      name: 'web',
      namespace: 'shop',
      labels: { team: 'a', 'example.com/x': 'y' },
      annotations: { note: 'yes: "no" # <&> é\u2028\n', a: '' },
    },
    spec: {
      order: 10,
      selector: "app == 'web'",
      ingress: [
        {
          action: 'Allow',
          protocol: 'TCP',
          source: { selector: "role == 'x'", nets: ['10.0.0.0/8'] },
          destination: { ports: [80, '8000:8010'] },
        },
        { action: 'Allow', protocol: 'ICMP', icmp: { type: 8 }, source: { notNets: ['10.1.0.0/16'] } },
        { action: 'Pass', source: { serviceAccounts: { names: ['a'], selector: 'has(b)' } } },
      ],
    },
  },
  {
    apiVersion,
    kind: 'NetworkPolicy',
    metadata: { name: 'out', namespace: 'shop' },
    spec: { egress: [{ action: 'Deny', metadata: { annotations: { why: 'not' } } }], performanceHints: [] },
  },
  { apiVersion, kind: 'NetworkPolicy', metadata: { name: 'none' }, spec: { ingress: [], egress: [] } },
  {
    apiVersion,
    kind: 'NetworkPolicy',
    metadata: { name: 'http', namespace: 'shop' },
    spec: {
      serviceAccountSelector: 'has(web)',
      types: ['Egress', 'Ingress'],
      ingress: [{ action: 'Allow', http: { methods: ['GET'], paths: [{ exact: '/a' }, { prefix: '/b' }] } }],
      egress: [{ action: 'Allow', destination: { services: { name: 'api', namespace: 'shop' } } }],
    },
  },
  {
    apiVersion,
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'hosts', labels: { 'team.projectcalico.org/name': 'core' } },
    spec: {
      order: 0,
      selector: "has(host) && x != '<'",
      applyOnForward: true,
      doNotTrack: false,
      preDNAT: false,
      ingress: [{ action: 'Deny', notProtocol: 6, ipVersion: 4 }],
    },
  },
  {
    apiVersion,
    kind: 'NetworkSet',
    metadata: { name: 'nets', namespace: 'shop', labels: { set: 'a' } },
    spec: { nets: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'] },
  },
  { apiVersion, kind: 'NetworkSet', metadata: { name: 'no-nets', namespace: 'shop' }, spec: { nets: [] } },
  { apiVersion, kind: 'GlobalNetworkSet', metadata: { name: 'gnets' }, spec: { nets: ['198.51.100.0/24'] } },
  {
    apiVersion,
    kind: 'HostEndpoint',
    metadata: { name: 'node-a-eth0', labels: { host: 'a' } },
    spec: {
      node: 'node-a',
      interfaceName: 'eth0',
      expectedIPs: ['192.0.2.1'],
      ports: [{ name: 'ssh', protocol: 'TCP', port: 22 }],
    },
  },
  {
    apiVersion,
    kind: 'IPPool',
    metadata: { name: 'pool' },
    spec: { cidr: '203.0.113.0/24', disabled: true },
  },
  {
    apiVersion,
    kind: 'IPPool',
    metadata: { name: 'pool-6' },
    spec: { cidr: '2001:db8:0::/48', natOutgoing: true, nodeSelector: '!all()' },
  },
  {
    apiVersion,
    kind: 'IPReservation',
    metadata: { name: 'kept' },
    spec: { reservedCIDRs: ['203.0.113.0/30'] },
  },
  {
    apiVersion,
    kind: 'BGPPeer',
    metadata: { name: 'peer' },
    spec: { peerIP: '192.0.2.9', asNumber: 64512, nodeSelector: "rack == 'x'", keepOriginalNextHop: false },
  },
  {
    apiVersion,
    kind: 'BGPFilter',
    metadata: { name: 'filter' },
    spec: { exportV4: [{ action: 'Accept', cidr: '10.0.0.0/8', matchOperator: 'In' }], importV4: [] },
  },
]
