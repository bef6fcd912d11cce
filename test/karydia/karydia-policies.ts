import type { Level } from '../../examples/karydia/src/inputs.js'

const notKubeSystem = {
  namespaceSelector: {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
  },
}
const dnsServers = { namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }
const sameNamespace = { podSelector: {} }
const outside = {
  ipBlock: {
    cidr: '0.0.0.0/0',
    except: ['10.250.0.0/16', '100.64.0.0/10', '169.254.169.254/32', '100.100.100.200/32'],
  },
}
const names = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
}

const specs: Readonly<Record<Level, object>> = {
  L1: { policyTypes: ['Egress'], egress: [{ to: [outside, notKubeSystem, dnsServers] }] },
  L2: {
    policyTypes: ['Egress', 'Ingress'],
    egress: [names, { to: [notKubeSystem, dnsServers] }],
    ingress: [{ from: [notKubeSystem, dnsServers] }],
  },
  L3: {
    policyTypes: ['Egress', 'Ingress'],
    egress: [names, { to: [dnsServers, sameNamespace] }],
    ingress: [{ from: [dnsServers, sameNamespace] }],
  },
}

/**
 * What karydia's controller makes in a namespace for `karydia-default-network-policy-l1` to `-l3`. The label by which
 * karydia knows kube-system is here the one that Kubernetes gives since 1.21.
 */
export const karydia = (level: Level, namespace: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `karydia-default-network-policy-${level.toLowerCase()}`, namespace },
  spec: { podSelector: {}, ...specs[level] },
})
