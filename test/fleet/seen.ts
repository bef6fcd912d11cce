const kept = 'projectcalico.org/metadata'
const inTier = (tier: string, name: string) => ({
  labels: { 'projectcalico.org/tier': tier },
  annotations: {
    [kept]: `{"name":"${name}","labels":{"projectcalico.org/tier":"${tier}"},"annotations":{}}`,
  },
})
const bare = { annotations: { [kept]: '{"labels":{},"annotations":{}}' } }

/** What the real Calico 3.32.1 was seen to store for a kind, a name and a spec: metadata beside the name, and the spec. */
export const seen: ReadonlyArray<readonly [string, string, object, object, object]> = [
  [
    'NetworkPolicy',
    'no-rules',
    {},
    { namespace: 'default', ...inTier('default', 'no-rules') },
    { tier: 'default', types: ['Ingress'] },
  ],
  [
    'NetworkPolicy',
    'sec.web',
    { tier: 'sec', selector: 'all()', egress: [{ action: 'Deny', destination: { nets: ['192.0.2.0/24'] } }] },
    { namespace: 'default', ...inTier('sec', 'sec.web') },
    {
      selector: 'all()',
      egress: [{ action: 'Deny', destination: { nets: ['192.0.2.0/24'] } }],
      types: ['Egress'],
      tier: 'sec',
    },
  ],
  [
    'GlobalNetworkPolicy',
    'hosts',
    {
      types: ['Ingress'],
      doNotTrack: false,
      applyOnForward: true,
      ingress: [{ action: 'Deny', notProtocol: 6, source: {} }],
    },
    inTier('default', 'hosts'),
    {
      types: ['Ingress'],
      applyOnForward: true,
      ingress: [{ action: 'Deny', notProtocol: 6 }],
      tier: 'default',
    },
  ],
  [
    'StagedNetworkPolicy',
    'staged',
    { egress: [{ action: 'Allow' }] },
    { namespace: 'default', ...inTier('default', 'staged') },
    { egress: [{ action: 'Allow' }], types: ['Egress'], stagedAction: 'Set', tier: 'default' },
  ],
  ['Tier', 'sec', { order: 200 }, bare, { order: 200, defaultAction: 'Deny' }],
  ['NetworkSet', 'no-nets', {}, { namespace: 'default', ...bare }, {}],
  [
    'IPPool',
    'pool',
    { cidr: '203.0.113.0/24', disabled: true, natOutgoing: false, nodeSelector: '!all()' },
    bare,
    {
      allowedUses: ['Workload', 'Tunnel'],
      assignmentMode: 'Automatic',
      blockSize: 26,
      cidr: '203.0.113.0/24',
      disabled: true,
      ipipMode: 'Never',
      nodeSelector: '!all()',
      vxlanMode: 'Never',
    },
  ],
]
