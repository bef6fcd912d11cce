/* Two nodes with tunnels and public addresses, and what runs on them. */

const node = (name: string, at: number, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'kubernetes.io/os': 'linux', ...labels },
    annotations: { 'projectcalico.org/IPv4VXLANTunnelAddr': `10.42.${at}.0` },
  },
  status: {
    addresses: [
      { type: 'InternalIP', address: `192.168.0.${at}` },
      { type: 'ExternalIP', address: `198.51.100.${at}` },
    ],
  },
})
export const nodes = [node('cp', 1, { 'node-role.kubernetes.io/control-plane': '' }), node('worker', 2)]
const pod = (namespace: string, name: string, on: string, ip: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels: { app: name } },
  spec: { nodeName: on, containers: [], ...more },
  status: { podIP: ip },
})
export const pods = [
  pod('shop', 'a', 'worker', '10.42.2.7'),
  pod('shop', 'b', 'cp', '10.42.1.7'),
  pod('kube-system', 'kube-apiserver', 'cp', '192.168.0.1', { hostNetwork: true }),
]
const dns = pod('kube-system', 'node-local-dns', 'worker', '192.168.0.2', { hostNetwork: true })
export const localDns = { ...dns, metadata: { ...dns.metadata, labels: { 'k8s-app': 'node-local-dns' } } }
export const namespaces = ['shop', 'kube-system'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: name === 'shop' ? { team: 'a' } : {} },
}))
