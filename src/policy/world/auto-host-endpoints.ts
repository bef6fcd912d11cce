import type { HostEndpoint } from '../../model/host/host-endpoint.js'
import type { Resource } from '../../model/resource.js'
import { addressValue, networkInterval } from '../../net/cidr.js'
import type { Labels } from '../../selector/ast.js'
import type { KnownNode } from './known-node.js'
import { meansNode } from './node-selector.js'

const createdBy = { 'projectcalico.org/created-by': 'calico-kube-controllers' } as const

const endpoint = (
  node: KnownNode,
  name: string,
  more: {
    readonly labels?: Labels
    readonly expectedIPs: ReadonlyArray<string>
    readonly interfaceName?: string
  },
): HostEndpoint => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'HostEndpoint',
  metadata: { name, labels: { ...node.labels, ...more.labels, ...createdBy } },
  spec: {
    node: node.name,
    expectedIPs: more.expectedIPs,
    profiles: ['projectcalico-default-allow'],
    ...(more.interfaceName === undefined ? {} : { interfaceName: more.interfaceName }),
  },
})

const isWithin = (ip: string, nets: ReadonlyArray<string>): boolean => {
  const address = addressValue(ip)
  return nets.some((net) => {
    const interval = networkInterval(net)
    return (
      address !== undefined && interval !== undefined && interval.from <= address && address < interval.until
    )
  })
}

const isPattern = (pattern: string, name: string): boolean => {
  try {
    return new RegExp(pattern).test(name)
  } catch {
    return false
  }
}

/**
 * The host endpoints that kube-controllers makes of nodes, where its configuration says so.
 *
 * **Source**: `kube-controllers/pkg/controllers/node/hostendpoints.go`, of 3.28 and, for templates, of later releases.
 */
export const autoHostEndpoints = (
  resources: ReadonlyArray<Resource>,
  nodes: Iterable<KnownNode>,
): ReadonlyArray<HostEndpoint> => {
  const found = resources.find(
    (it) => it.kind === 'KubeControllersConfiguration' && it.metadata.name === 'default',
  )
  const config =
    found?.kind === 'KubeControllersConfiguration' ? found.spec.controllers?.node?.hostEndpoint : undefined
  if (config?.autoCreate !== 'Enabled') return []
  const { createDefaultHostEndpoint = 'Enabled', templates = [] } = config
  const made: Array<HostEndpoint> = []
  for (const node of nodes) {
    if (createDefaultHostEndpoint === 'Enabled')
      made.push(
        endpoint(node, `${node.name}-auto-hep`, { expectedIPs: node.expectedIPs, interfaceName: '*' }),
      )
    for (const {
      generateName = '',
      interfaceCIDRs = [],
      interfacePattern,
      labels,
      nodeSelector,
    } of templates) {
      if (!meansNode(nodeSelector ?? '', node)) continue
      const expectedIPs = node.expectedIPs.filter((ip) => isWithin(ip, interfaceCIDRs))
      const about = labels === undefined ? {} : { labels }
      if (interfacePattern === undefined || interfacePattern === '') {
        if (expectedIPs.length > 0)
          made.push(endpoint(node, `${node.name}-${generateName}-auto-hep`, { ...about, expectedIPs }))
        continue
      }
      for (const [name, ips] of Object.entries(node.interfaces ?? {}))
        if (isPattern(interfacePattern, name))
          made.push(
            endpoint(node, `${node.name}-${generateName}-${name}-auto-hep`, {
              ...about,
              expectedIPs: [...new Set([...expectedIPs, ...ips])],
              interfaceName: name,
            }),
          )
    }
  }
  const given = new Set(resources.flatMap((it) => (it.kind === 'HostEndpoint' ? [it.metadata.name] : [])))
  return made.filter(({ metadata }) => !given.has(metadata.name))
}
