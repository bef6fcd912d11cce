import { globalNetworkPolicy, orThrow } from '../../src/index.js'
import { compile } from '../../src/policy/compile.js'
import type { CompiledWorld, PeerFlow } from '../../src/policy/compiled-world.js'

/* Two nodes with a pod on each, and what is asked of them. */

const node = (name: string, ip: string, rest: { labels?: object; annotations?: object } = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: {}, annotations: {}, ...rest },
  status: { addresses: [{ type: 'InternalIP', address: ip }] },
})
export const nodes = [node('n1', '192.0.2.1', { labels: { role: 'worker' } }), node('n2', '192.0.2.2')]
export const pod = (name: string, ip: string, on: string | undefined, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name },
  spec: { ...(on === undefined ? {} : { nodeName: on }), containers: [], ...spec },
  status: { podIP: ip },
})
export const pods = [pod('a', '10.0.0.1', 'n1'), pod('b', '10.0.0.2', 'n2')]
export const kubeControllersConfiguration = (spec: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'KubeControllersConfiguration',
  metadata: { name: 'default' },
  spec,
})
export const everyNode = kubeControllersConfiguration({
  controllers: { node: { hostEndpoint: { autoCreate: 'Enabled' } } },
})
export const felix = (spec: object, name = 'default') => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'FelixConfiguration',
  metadata: { name },
  spec,
})
export const worldOf = (
  resources: ReadonlyArray<object>,
  rest: object = {},
  calico?: string,
): CompiledWorld =>
  orThrow(compile({ resources, nodes, pods, ...rest }, calico === undefined ? {} : { calico }))

export const tcp = (from: PeerFlow['from'], to: PeerFlow['to'], port = 80): PeerFlow => ({
  from,
  to,
  protocol: 'TCP',
  port,
  sourcePort: 40000,
})
export const decide = (world: CompiledWorld, ...[from, to, port]: Parameters<typeof tcp>) =>
  world.verdict(tcp(from, to, port)).decision
export const outside = '198.51.100.7'

/** A policy for one of the nodes. */
export const denyNodes = globalNetworkPolicy('deny').selector("role == 'worker'").denyIngress().denyEgress()
