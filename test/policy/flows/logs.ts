/** Records as their tools write them. */

export const goldmane = (
  [source, dest]: readonly [string, string],
  { port = 8080, proto = 'tcp', reporter = 1, action = 1, ...key }: Readonly<Record<string, unknown>> = {},
): string => {
  const [from, to] = [source.split('/'), dest.split('/')]
  const end = (side: string, [namespace, name]: ReadonlyArray<string>) =>
    name === undefined
      ? { [`${side}_name`]: namespace, [`${side}_namespace`]: '-', [`${side}_type`]: 4 }
      : { [`${side}_name`]: name, [`${side}_namespace`]: namespace, [`${side}_type`]: 1 }
  return JSON.stringify({
    Key: { ...end('source', from), ...end('dest', to), dest_port: port, proto, reporter, action, ...key },
    start_time: 1_790_000_000,
    end_time: 1_790_000_015,
    source_labels: ['app=web'],
    dest_labels: ['app=api'],
    packets_in: 4,
    num_connections_started: 2,
  })
}

export const whisker = {
  start_time: '2026-11-29T10:00:00Z',
  end_time: '2026-11-29T10:00:15Z',
  action: 'Allow',
  source_name: 'web-6b7f9d4c8-*',
  source_namespace: 'shop',
  source_labels: 'app=web | pod-template-hash=6b7f9d4c8',
  dest_name: 'PUBLIC NETWORK',
  dest_namespace: '-',
  dest_labels: '',
  protocol: 'tcp',
  dest_port: 443,
  reporter: 'Src',
  policies: { enforced: [], pending: [] },
  packets_in: 1,
  packets_out: 1,
  bytes_in: 60,
  bytes_out: 60,
} as const

const endpoint = (name: string) => ({
  ID: 1,
  identity: 4711,
  namespace: 'shop',
  labels: [`k8s:app=${name}`, 'k8s:io.kubernetes.pod.namespace=shop'],
  pod_name: `${name}-6b7f9d4c8-x2k4p`,
  workloads: [{ name, kind: 'Deployment' }],
})

export const hubble = (more: object = {}): string =>
  JSON.stringify({
    flow: {
      time: '2026-11-29T10:00:00Z',
      verdict: 'FORWARDED',
      IP: { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' },
      l4: { TCP: { source_port: 40000, destination_port: 8080, flags: { SYN: true } } },
      source: endpoint('web'),
      destination: endpoint('api'),
      Type: 'L3_L4',
      node_name: 'node-1',
      is_reply: false,
      traffic_direction: 'INGRESS',
      ...more,
    },
    node_name: 'node-1',
    time: '2026-11-29T10:00:00Z',
  })

export const vpc = (
  from: string,
  to: string,
  { source = 40000, port = 443, protocol = 6, action = 'ACCEPT' } = {},
): string =>
  `2 123456789012 eni-0a1b2c3d ${from} ${to} ${source} ${port} ${protocol} 10 840 1790000000 1790000060 ${action} OK`
