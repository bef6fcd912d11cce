import type { PeerFlow } from '../../policy/compiled-world.js'
import type { Backend, ClusterFacts } from './cluster-facts.js'
import { type Need, nodeEnd } from './need.js'
import { betweenNodes } from './peerings.js'

const kubelet = 10250
const typha = 5473

const toBackend = (from: string, { peer, protocol, port }: Backend): PeerFlow => ({
  from,
  to: peer,
  protocol,
  port,
})

const withApiServer = ({ nodes, backendsOf }: ClusterFacts): ReadonlyArray<Need> => {
  const servers = backendsOf('default', 'kubernetes')
  if (servers.length === 0) return []
  return nodes.flatMap((node) => [
    {
      what: `node ${node} off from the API server`,
      flows: servers.map((server) => toBackend(nodeEnd(node), server)),
    },
    {
      what: `the API server off from the kubelet of node ${node}`,
      flows: servers.map(({ peer }) => ({
        from: peer,
        to: nodeEnd(node),
        protocol: 'TCP' as const,
        port: kubelet,
      })),
    },
  ])
}

const withTypha = ({ nodes, backendsOf }: ClusterFacts): ReadonlyArray<Need> => {
  const typhas = ['calico-system', 'kube-system']
    .flatMap((namespace) => backendsOf(namespace, 'calico-typha'))
    .filter(({ port }) => port === typha)
  if (typhas.length === 0) return []
  return nodes.map((node) => ({
    what: `node ${node} off from Typha (TCP ${typha})`,
    flows: typhas.map((it) => toBackend(nodeEnd(node), it)),
  }))
}

/** A webhook without which the API server refuses what it is to be asked about. */
export interface FailClosedWebhook {
  readonly name: string
  readonly namespace: string
  readonly service: string
}

const ofWebhooks = (
  { backendsOf }: ClusterFacts,
  webhooks: ReadonlyArray<FailClosedWebhook>,
): ReadonlyArray<Need> => {
  const servers = [...new Set(backendsOf('default', 'kubernetes').map(({ peer }) => peer))]
  return webhooks.flatMap(({ name, namespace, service }) => {
    const flows = servers.flatMap((server) =>
      backendsOf(namespace, service).map((it) => toBackend(server, it)),
    )
    const what = `the API server off from the webhook ${name} (service ${namespace}/${service}), which fails closed`
    return flows.length === 0 ? [] : [{ what, flows }]
  })
}

/** Where pods look for names. */
export const dnsServices = [
  ['kube-system', 'kube-dns'],
  ['openshift-dns', 'dns-default'],
] as const

const ofDNS = ({ backendsOf }: ClusterFacts, pods: ReadonlyArray<string>): ReadonlyArray<Need> =>
  dnsServices.flatMap(([namespace, service]) => {
    const servers = backendsOf(namespace, service).filter(({ protocol }) => protocol === 'UDP')
    const behind = new Set(servers.map(({ peer }) => peer))
    const flows = pods
      .filter((pod) => !behind.has(pod))
      .flatMap((pod) => servers.map((server) => toBackend(pod, server)))
    return flows.length === 0 ? [] : [{ what: `every pod off from DNS (${namespace}/${service})`, flows }]
  })

/** All that a cluster needs to be let through. `pods` are those that ask for names. */
export const needsOf = (
  facts: ClusterFacts,
  pods: ReadonlyArray<string>,
  webhooks: ReadonlyArray<FailClosedWebhook>,
): ReadonlyArray<Need> => [
  ...withApiServer(facts),
  ...withTypha(facts),
  ...betweenNodes(facts),
  ...ofWebhooks(facts, webhooks),
  ...ofDNS(facts, pods),
]
