/** A node of the control plane, and another. */
export const nodes = ['cp', 'worker'].map((name, at) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: {
      'kubernetes.io/os': 'linux',
      ...(name === 'cp' ? { 'node-role.kubernetes.io/control-plane': '' } : {}),
    },
  },
  status: { addresses: [{ type: 'InternalIP', address: `192.168.0.${at + 1}` }] },
}))
