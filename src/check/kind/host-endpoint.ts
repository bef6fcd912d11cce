import type { EndpointPort, HostEndpointSpec } from '../../model/host/host-endpoint.js'
import type { Protocol } from '../../model/policy/protocol.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { interfaceName } from '../value/interface.js'
import { ipAddress } from '../value/ip-address.js'
import { portName, portNumber } from '../value/port.js'
import { hasPorts, protocol } from '../value/protocol.js'
import { reference } from '../value/reference.js'
import { asSet, unlessEmpty } from '../value/text-number-list.js'

const source = validator('validateHostEndpointSpec')

const target: Constraint<HostEndpointSpec> = rule(
  {
    name: 'host-endpoint-target',
    what: 'A host endpoint has neither an interface nor expected addresses.',
    remedy: 'set interfaceName ("*" for all interfaces), expectedIPs, or both',
    source,
  },
  ({ interfaceName: name = '', expectedIPs = [] }) =>
    unless(name !== '' || expectedIPs.length > 0, () => ({
      at: ['interfaceName'],
      message: 'neither interfaceName nor expectedIPs is set',
    })),
)

const onNode: Constraint<HostEndpointSpec> = rule(
  {
    name: 'host-endpoint-node',
    what: 'A host endpoint names no node.',
    remedy: "set the node's name as Calico knows it: `calicoctl get nodes` lists them",
    source,
  },
  ({ node = '' }) => unless(node !== '', () => ({ at: ['node'], message: 'node is not set' })),
)

/** A protocol whose ports an endpoint can name. */
export const portProtocol: Constraint<Protocol> = all(
  protocol,
  rule(
    {
      name: 'endpoint-port-protocol',
      what: 'A named port of an endpoint has a protocol without ports.',
      remedy: 'use TCP, UDP or SCTP',
      source: validator('validateEndpointPort and validateWorkloadEndpointPort'),
    },
    (value) => unless(hasPorts(value), () => ({ message: `the protocol ${value} has no ports` })),
  ),
)

/** What selects the interfaces of a host. */
export const hostEndpointSpec: Constraint<HostEndpointSpec> = all(
  fields<HostEndpointSpec>({
    node: unlessEmpty(reference('node')),
    interfaceName: unlessEmpty(interfaceName),
    expectedIPs: all(each(ipAddress), asSet),
    profiles: all(each(reference('profile')), asSet),
    ports: each(fields<EndpointPort>({ name: portName, protocol: portProtocol, port: portNumber })),
  }),
  target,
  onNode,
)
