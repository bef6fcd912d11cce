import type { WorkloadEndpointPort, WorkloadEndpointSpec } from '../model/workload-endpoint.js'
import { all, type Constraint, each, fields, rule, unless } from './constraint.js'
import { quoted } from './dns-name.js'
import { portProtocol } from './host-endpoint.js'
import { interfaceName } from './interface.js'
import { ipv4Address, ipv6Address } from './ip-address.js'
import { macAddress } from './mac-address.js'
import { looseNet, strictNet } from './net.js'
import { portName, portNumber } from './port.js'
import { reference } from './reference.js'
import { validator } from './source.js'
import { form, unlessEmpty } from './text.js'

const oneAddress: Constraint<string> = rule(
  {
    name: 'workload-network',
    what: 'The network of a workload endpoint has more than one address.',
    remedy: 'write the address with /32, or /128 for IPv6',
    source: validator('validateWorkloadEndpointSpec'),
  },
  (text) =>
    unless(!text.includes('/') || text.endsWith(text.includes(':') ? '/128' : '/32'), () => ({
      message: `${quoted(text)} has more than one address`,
    })),
)

const named: Constraint<WorkloadEndpointPort> = rule(
  {
    name: 'workload-port-name',
    what: 'The port of a workload endpoint has neither a name nor a port of the host.',
    remedy: 'name it',
    source: validator('validateWorkloadEndpointPort'),
  },
  ({ name = '', hostPort = 0 }) =>
    unless(name !== '' || hostPort !== 0, () => ({ at: ['name'], message: 'the port has no name' })),
)

const containerID = form(
  {
    name: 'container-id',
    what: 'The id of a container is none.',
    remedy: 'use letters, digits and "-", with a letter or digit at both ends',
    source: validator('validateContainerID'),
  },
  (text) => /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(text),
  'no id of a container',
)

const name = (what: string): Constraint<string> => unlessEmpty(reference(what))

export const workloadEndpointSpec: Constraint<WorkloadEndpointSpec> = fields<WorkloadEndpointSpec>({
  orchestrator: name('orchestrator'),
  workload: name('workload'),
  node: name('node'),
  containerID: unlessEmpty(containerID),
  pod: name('pod'),
  endpoint: name('endpoint'),
  serviceAccountName: name('service account'),
  ipNetworks: each(all(strictNet, oneAddress)),
  ipv4Gateway: unlessEmpty(ipv4Address),
  ipv6Gateway: unlessEmpty(ipv6Address),
  profiles: each(reference('profile')),
  interfaceName,
  mac: unlessEmpty(macAddress),
  ports: each(
    all(
      fields<WorkloadEndpointPort>({
        name: unlessEmpty(portName),
        protocol: portProtocol,
        port: portNumber,
        hostIP: unlessEmpty(strictNet),
      }),
      named,
    ),
  ),
  allowSpoofedSourcePrefixes: each(looseNet),
})
