import { decodeAndCheck } from './src/check/decode-and-check.js'
const r = (kind: string, spec: object, name = 'a') => ({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name }, spec })
const big = 4200000000
for (const [n, v] of [
 ['bgpconf as', r('BGPConfiguration', { asNumber: big }, 'default')],
 ['peer as', r('BGPPeer', { peerIP: '10.0.0.1', asNumber: big })],
 ['peer localAS', r('BGPPeer', { peerIP: '10.0.0.1', asNumber: 1, localASNumber: big })],
 ['numAllowed', r('BGPPeer', { peerIP: '10.0.0.1', asNumber: 1, numAllowedLocalASNumbers: big })],
 ['asPathPrefix', r('BGPFilter', { exportV4: [{ action: 'Accept', asPathPrefix: [big] }] })],
 ['prepend', r('BGPFilter', { exportV4: [{ action: 'Accept', operations: [{ prependASPath: { prefix: [big] } }] }] })],
 ['debugProfilePort', r('KubeControllersConfiguration', { debugProfilePort: 70000, controllers: {} }, 'default')],
 ['ipreservation bare', r('IPReservation', { reservedCIDRs: ['10.0.0.1'] })],
 ['endport', r('StagedKubernetesNetworkPolicy', { podSelector: {}, ingress: [{ ports: [{ port: 1, endPort: big }] }] })],
] as const)
  console.log(n, ['3.28.5', '3.31', '3.32.1', '3.33'].map((calico) => { const x: any = decodeAndCheck(v, { calico }); return x._tag === 'Right' ? 'ok' : x.left.issues.map((i: any) => i.rule).join('+') }).join(' '))
