import type { WorkloadEndpointPort, WorkloadEndpointSpec } from '../../model/host/workload-endpoint.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { interfaceName } from '../value/interface.js'
import { ipv4Address, ipv6Address, macAddress } from '../value/ip-address.js'
import { looseNet, strictNet } from '../value/net.js'
import { portName, portNumber } from '../value/port.js'
import { reference } from '../value/reference.js'
import { form, unlessEmpty } from '../value/text-number-list.js'
import { portProtocol } from './host-endpoint.js'

const oneAddress: Constraint<string> = rule(
  {
    name: 'workload-network',
    what: 'A network of a workload endpoint holds more than one address.',
    remedy: 'write the address with /32, or /128 for IPv6',
    source: validator('validateWorkloadEndpointSpec'),
  },
  (text) =>
    unless(!text.includes('/') || text.endsWith(text.includes(':') ? '/128' : '/32'), () => ({
      message: `${quoted(text)} holds more than one address`,
    })),
)

const named: Constraint<WorkloadEndpointPort> = rule(
  {
    name: 'workload-port-name',
    what: 'A port of a workload endpoint has neither a name nor a hostPort.',
    remedy: 'name it',
    source: validator('validateWorkloadEndpointPort'),
  },
  ({ name = '', hostPort = 0 }) =>
    unless(name !== '' || hostPort !== 0, () => ({ at: ['name'], message: 'the port has no name' })),
)

const containerID = form(
  {
    name: 'container-id',
    what: 'A container ID is not valid.',
    remedy: 'use letters, digits and "-", with a letter or digit at both ends',
    source: validator('validateContainerID'),
  },
  (text) => /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(text),
  'not a valid container ID',
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
