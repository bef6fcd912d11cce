import { addressValue } from '../../../net/cidr.js'
import { protocolNumber } from '../../../net/protocol-number.js'
import type { TrafficEnd } from '../denied-by.js'
import { netsOf } from '../match.js'
import type { Policy, ResourceSet } from '../resource-set.js'
import type { Remark, Rule } from '../rule.js'
import { denials, denyingRules, type Question, subjectOf } from '../subject.js'
import { failsafes, passes } from './failsafe-shadows.js'
import { hasAllInterfaces, isForNodes } from './host-policy.js'

const tcp = protocolNumber('TCP')

const at = (ip: string, isNobodys = false): ReadonlyArray<TrafficEnd> => {
  const address = addressValue(ip)
  return address === undefined ? [] : [{ address, isNobodys }]
}

const isFailsafe = (set: ResourceSet, { direction, traffic }: Question): boolean => {
  const all = failsafes(set)
  return (
    all.length === 0 ||
    all.some((lists) =>
      lists[direction].some(({ protocol, port }) =>
        passes([{ protocol, port }], traffic.protocol, traffic.port, netsOf()),
      ),
    )
  )
}

const fieldOf = ({ direction }: Question) => (direction === 'Ingress' ? 'ingress' : 'egress')

/** Of several ways for a policy to cut the nodes off, the first is told. */
const remarks = (
  set: ResourceSet,
  policies: ReadonlyArray<Policy>,
  questions: ReadonlyArray<Question & { readonly message: string }>,
): ReadonlyArray<Remark> => {
  const told = new Map<string, Remark>()
  for (const question of questions) {
    if (isFailsafe(set, question)) continue
    const isDenied = denials(set, 'hosts', question)
    const denyingRuleOf = denyingRules(set, 'hosts', question)
    const field = fieldOf(question)
    for (const policy of policies) {
      const key = `${policy.index} ${field}`
      const subject = subjectOf(policy, 'hosts')
      if (told.has(key) || subject === undefined) continue
      const isAtEnd = isDenied(policy, subject)
      const rule = isAtEnd ? undefined : denyingRuleOf(policy, subject)
      if (!isAtEnd && rule === undefined) continue
      const path = ['spec', field, ...(rule === undefined ? [] : [rule])]
      told.set(key, { index: policy.index, path, message: question.message })
    }
  }
  return [...told.values()]
}

const nodePolicies = (set: ResourceSet): ReadonlyArray<Policy> =>
  set.policies.filter((policy) => isForNodes(policy, set))

const healthPortOf = ({ resources }: ResourceSet): number => {
  const felix = resources.find((it) => it?.kind === 'FelixConfiguration' && it.metadata.name === 'default')
  return (felix?.kind === 'FelixConfiguration' ? felix.spec.healthPort : undefined) ?? 9099
}

export const loopbackCutOff: Rule = {
  what: 'Policies deny what a node sends to itself, by its own addresses, too: a host endpoint of all interfaces has the loopback, and one with preDNAT is asked there as well.',
  remedy:
    'allow source and destination nets 127.0.0.0/8 in both directions, and the addresses of the node itself',
  source: 'felix/dataplane/linux/endpoint_mgr.go, resolveHostEndpoints',
  report: 'https://github.com/projectcalico/calico/issues/4478',
  find: (set) => {
    const [local] = at('127.0.0.1', true)
    if (local === undefined) return []
    const port = healthPortOf(set)
    const traffic = { protocol: tcp, port, source: local, destination: local }
    const message = `what a node sends to itself is denied, such as TCP to 127.0.0.1:${port}, where calico-node answers its probes`
    const policies = nodePolicies(set).filter((policy) => hasAllInterfaces(policy, set))
    return remarks(set, policies, [
      { direction: 'Ingress', traffic, message },
      { direction: 'Egress', traffic, message },
    ])
  },
}

/** The nodes that an API server runs on, as far as that shows. */
export const controlPlane = ({ world }: ResourceSet): ReadonlyArray<string> => {
  const nodes = [...world.nodes.values()].flatMap(({ name, labels = {} }) =>
    'node-role.kubernetes.io/control-plane' in labels || 'node-role.kubernetes.io/master' in labels
      ? [name]
      : [],
  )
  const servers = world.pods.flatMap(({ labels, node }) =>
    labels.component === 'kube-apiserver' && node !== undefined ? [node] : [],
  )
  return [...new Set([...nodes, ...servers])]
}

const kubelet = 10250

export const kubeletCutOff: Rule = {
  what: "Policies of nodes let nobody reach the kubelets' port 10250, which is not failsafe: logs, exec, port-forward and metrics fail.",
  remedy: 'allow TCP 10250 from the control plane before it is denied, in a policy of the same tier',
  source: 'felix/config/config_params.go, FailsafeInboundHostPorts',
  report: 'https://github.com/projectcalico/calico/issues/4478',
  find: (set) =>
    remarks(set, nodePolicies(set), [
      {
        direction: 'Ingress',
        traffic: { protocol: tcp, port: kubelet },
        message: 'nothing can reach TCP 10250 of the nodes, where the API server finds the kubelet',
      },
      ...controlPlane(set).flatMap((name) =>
        (set.world.nodes.get(name)?.ips ?? []).flatMap((ip) =>
          at(ip).map((source) => ({
            direction: 'Ingress' as const,
            traffic: { protocol: tcp, port: kubelet, source },
            message: `the API server at ${ip} cannot reach the kubelet at TCP 10250 of other nodes`,
          })),
        ),
      ),
    ]),
}

/** Where the API server is, by the endpoints of its service. */
const apiServers = ({ world }: ResourceSet): ReadonlyArray<{ readonly ip: string; readonly port: number }> =>
  (world.manifests.get('EndpointSlice') ?? []).flatMap((slice) => {
    const { metadata } = slice
    if (metadata.namespace !== 'default' || metadata.labels?.['kubernetes.io/service-name'] !== 'kubernetes')
      return []
    const { endpoints = [], ports = [] } = slice as unknown as {
      readonly endpoints?: ReadonlyArray<{ readonly addresses?: ReadonlyArray<string> }>
      readonly ports?: ReadonlyArray<{ readonly port?: number }>
    }
    return endpoints.flatMap(({ addresses = [] }) =>
      addresses.flatMap((ip) => ports.flatMap(({ port }) => (port === undefined ? [] : [{ ip, port }]))),
    )
  })

export const apiServerCutOff: Rule = {
  what: 'Policies deny what nodes send to the API server, at a port that is not failsafe: kubelet and calico-node lose it, and with it the way to take the policy back.',
  remedy: 'allow egress to the addresses and the port of the API server, or make the port failsafe',
  source: 'felix/config/config_params.go, FailsafeOutboundHostPorts',
  report: 'https://github.com/projectcalico/calico/issues/968',
  world: 'the EndpointSlices of the service default/kubernetes',
  find: (set) =>
    remarks(
      set,
      nodePolicies(set),
      apiServers(set).flatMap(({ ip, port }) =>
        at(ip).map((destination) => ({
          direction: 'Egress' as const,
          traffic: { protocol: tcp, port, destination },
          message: `nodes cannot reach the API server at ${ip}:${port}, which is not a failsafe port`,
        })),
      ),
    ),
}
