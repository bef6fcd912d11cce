import type { Flow, Manifest, World } from './flow-case.js'
import type { Oracle } from './oracle.js'

export const pod = (name: string, rest: Partial<World['pods'][number]> = {}): World['pods'][number] => ({
  namespace: 'shop',
  name,
  ips: [`10.0.0.${name.length}`],
  serviceAccount: 'default',
  node: 'n1',
  ...rest,
})

/** Two pods, `shop/a` and `shop/bb`, and these resources. */
export const smallWorld = (resources: ReadonlyArray<Manifest>, rest: Partial<World> = {}): World => ({
  namespaces: [{ name: 'shop', labels: { team: 'a' } }, { name: 'default' }],
  serviceAccounts: [],
  pods: [pod('a'), pod('bb', { labels: { role: 'db' } })],
  resources,
  ...rest,
})

export const policy = (name: string, spec: object, namespace = 'shop'): Manifest => ({
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
})
export const globalPolicy = (name: string, spec: object): Manifest => ({
  kind: 'GlobalNetworkPolicy',
  metadata: { name },
  spec,
})

export const nodes = ['n1', 'n2'].map((name, i) => ({
  name,
  interfaces: [{ name: 'eth0', ips: [`192.168.0.${i + 1}`] }],
}))
export const hostEndpoint = (name: string, interfaceName: string): Manifest => ({
  kind: 'HostEndpoint',
  metadata: { name, labels: { host: 'yes' } },
  spec: { node: 'n1', interfaceName, profiles: ['projectcalico-default-allow'] },
})

/** What the oracle says of flows in a world. */
export const says = async (oracle: Oracle, world: World, ...flows: ReadonlyArray<Flow>): Promise<unknown> => {
  const [answer] = await oracle.ask([{ op: 'flows', world, flows }])
  return answer?.ok ? answer.expected : answer
}

export const denyIngress = { types: ['Ingress'], ingress: [{ action: 'Deny' }] }
