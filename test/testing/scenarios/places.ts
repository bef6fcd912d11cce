import { flagged, gnp, np, on, resource, type Scenario } from './scenario.js'

export const places: ReadonlyArray<Scenario> = [
  {
    name: 'finds the namespace of a resource',
    steps: [
      on('apply', resource('NetworkPolicy', 'a', undefined, {})),
      flagged(on('apply', resource('NetworkPolicy', 'b', undefined, {})), '-n', 'shop'),
      flagged(on('apply', np('c')), '--namespace=shop'),
      flagged(on('apply', np('c')), '-n', 'other'),
      flagged(on('apply', gnp('g')), '-n', 'shop'),
      flagged(on('replace', np('c'), np('c')), '-n', 'other'),
      on('apply', resource('NetworkPolicy', 'd', 'no-such-namespace', {})),
      on('delete', resource('NetworkPolicy', 'd', 'no-such-namespace', {})),
    ],
  },
  {
    name: 'refuses what is not its own to change',
    steps: [on('apply', np('knp.default.x')), on('delete', np('knp.default.x'))],
  },
  {
    name: 'stores sets and host endpoints',
    steps: [
      on(
        'apply',
        resource('NetworkSet', 's', 'shop', { nets: ['10.0.0.0/8'] }, { labels: { a: 'b' } }),
        resource('GlobalNetworkSet', 's', undefined, { nets: ['10.0.0.1', 'fd00::/8'] }),
        resource('HostEndpoint', 'h', undefined, {
          node: 'n',
          interfaceName: 'eth0',
          expectedIPs: ['10.0.0.1'],
        }),
      ),
      on('apply', resource('NetworkSet', 's', 'shop', {})),
    ],
  },
  {
    name: 'completes policies',
    steps: [
      on(
        'apply',
        np('none', {}, {}),
        np('egress', {}, { egress: [{ action: 'Allow', source: { nets: ['10.0.0.0/8'] } }] }),
        np('both', {}, { ingress: [{ action: 'Log' }], egress: [{ action: 'Pass', protocol: 'UDP' }] }),
        np('typed', {}, { types: ['Egress'], ingress: [] }),
        gnp('host', { preDNAT: true, applyOnForward: true, doNotTrack: false, order: 0 }),
        gnp('numbers', {
          ingress: [{ action: 'Allow', protocol: 6, destination: { ports: ['80', '80:80'] } }],
        }),
        gnp('http', { ingress: [{ action: 'Allow', http: { methods: ['GET'], paths: [{ exact: '/a' }] } }] }),
        gnp('icmp', {
          ingress: [{ action: 'Deny', protocol: 'ICMP', icmp: { type: 8, code: 0 }, ipVersion: 4 }],
        }),
        gnp('services', {
          egress: [{ action: 'Allow', destination: { services: { name: 's', namespace: 'n' } } }],
        }),
        gnp('noted', { ingress: [{ action: 'Allow', metadata: { annotations: { a: 'b' } } }] }),
        gnp('hints', { performanceHints: ['AssumeNeededOnEveryNode'] }),
      ),
    ],
  },
]
