/** Node ports answer the office only. The policy acts before a node port is translated: hence preDNAT. */
import { globalNetworkPolicy, has, hostEndpoint, label, toYaml } from 'typed-calico'

const office = '203.0.113.0/24'
const host = label('host-endpoint')

const nodes = ['node-1', 'node-2'].map((node) =>
  hostEndpoint(`${node}-eth0`, node).labels({ 'host-endpoint': 'eth0' }).interfaceName('eth0'),
)

const nodePorts = { protocol: 'TCP', destination: { ports: ['30000:32767'] } } as const

const officeOnly = globalNetworkPolicy('node-ports-from-office')
  .order(10)
  .selector(has(host))
  .applyOnForward()
  .preDNAT()
  .allowIngress({ ...nodePorts, source: { nets: [office] } })
  .denyIngress(nodePorts)

console.log(toYaml(...nodes, officeOnly))
