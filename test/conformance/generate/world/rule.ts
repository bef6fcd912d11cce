import fc from 'fast-check'
import { accountSelector, namespaceSelector, selector } from './selector.js'
import {
  accountNames,
  namespaceNames,
  nets,
  portNames,
  ports,
  seldom,
  serviceNames,
  someOf,
} from './words.js'

type Part = fc.Arbitrary<object>
type Direction = 'ingress' | 'egress'

const both = (a: Part, b: Part): Part => fc.tuple(a, b).map(([one, other]) => ({ ...one, ...other }))
const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): Part =>
  fc.record({ ...fields }, { requiredKeys: [] })
const nothing: Part = fc.constant({})

const serviceAccounts = fc.oneof(
  fc.record({ names: someOf(accountNames) }),
  fc.record({ selector: accountSelector }),
  fc.record({ names: someOf(accountNames), selector: accountSelector }),
)

/** What has to be true of one end: most say one thing, and few say much, which matches nothing. */
const peer = (family: 4 | 6): Part =>
  fc.oneof(
    { weight: 24, arbitrary: nothing },
    { weight: 3, arbitrary: fc.record({ selector }) },
    { weight: 2, arbitrary: fc.record({ notSelector: selector }) },
    { weight: 2, arbitrary: fc.record({ selector, notSelector: selector }) },
    { weight: 2, arbitrary: fc.record({ namespaceSelector: withoutNamespace }) },
    { weight: 2, arbitrary: some({ namespaceSelector, selector, notSelector: selector }) },
    { weight: 2, arbitrary: fc.record({ serviceAccounts }) },
    { weight: 1, arbitrary: some({ serviceAccounts, namespaceSelector, selector }) },
    { weight: 3, arbitrary: fc.record({ nets: someOf(nets[family]) }) },
    { weight: 2, arbitrary: fc.record({ nets: someOf(nets[family]), notNets: someOf(nets[family]) }) },
    { weight: 1, arbitrary: fc.record({ notNets: someOf(nets[family]), notSelector: selector }) },
  )
/** `global()` stands alone. */
const withoutNamespace = fc.oneof(
  { weight: 6, arbitrary: namespaceSelector },
  { weight: 2, arbitrary: fc.constant('global()') },
  { weight: 2, arbitrary: fc.constant('all()') },
)

const range = fc.constantFrom('22:8081', '53:2379', '2379:2379', '8080:8081', '1:65535', '1:65535')
const port = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ports) },
  { weight: 3, arbitrary: fc.constantFrom(...portNames) },
  { weight: 2, arbitrary: range },
)
const portList = fc.array(port, { minLength: 1, maxLength: 4 })
const onPorts: Part = fc.oneof(
  { weight: 6, arbitrary: nothing },
  { weight: 4, arbitrary: fc.record({ ports: portList }) },
  { weight: 1, arbitrary: fc.record({ notPorts: portList }) },
  { weight: 1, arbitrary: fc.record({ ports: portList, notPorts: portList }) },
)

/** The namespace left out means none at all, and not the policy's: such a rule matches nothing. */
const service = (global: boolean): Part =>
  fc.record({
    services: fc.record(
      { name: fc.constantFrom(...serviceNames), namespace: fc.constantFrom(...namespaceNames) },
      { requiredKeys: global ? ['name', 'namespace'] : ['name'] },
    ),
  })

interface Shape {
  readonly direction: Direction
  readonly global: boolean
  readonly family: 4 | 6
  readonly on: Part
}

const ends = ({ direction, global, family, on }: Shape): Part => {
  const end = both(peer(family), on)
  const ofService = { weight: 1, arbitrary: service(global) }
  const source =
    direction === 'ingress' ? both(fc.oneof({ weight: 9, arbitrary: peer(family) }, ofService), on) : end
  const destination = direction === 'egress' ? fc.oneof({ weight: 9, arbitrary: end }, ofService) : end
  return fc.oneof(
    { weight: 1, arbitrary: nothing },
    { weight: 4, arbitrary: direction === 'ingress' ? fc.record({ source }) : fc.record({ destination }) },
    { weight: 1, arbitrary: direction === 'ingress' ? fc.record({ destination }) : fc.record({ source }) },
    { weight: 2, arbitrary: fc.record({ source, destination }) },
  )
}

const icmp = fc.record(
  { type: fc.constantFrom(0, 3, 8, 128, 129, 254), code: fc.constantFrom(0, 1, 3, 255) },
  { requiredKeys: ['type'] },
)
const action = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny', 'Deny', 'Log', 'Pass')
const http = fc.constantFrom({ methods: ['GET'] }, { paths: [{ prefix: '/' }] })

/** A rule that Calico takes: what hangs on the protocol, the family or the direction fits. */
export const rule = (direction: Direction, global: boolean): Part =>
  fc.constantFrom<4 | 6>(4, 4, 6).chain((family) => {
    const shape = { direction, global, family }
    const icmpName = family === 4 ? 'ICMP' : 'ICMPv6'
    const version = { ipVersion: seldom(fc.constant(family), 6) }
    return fc.oneof(
      {
        weight: 20,
        arbitrary: both(
          fc.record({ action, protocol: fc.constantFrom('TCP', 'TCP', 'UDP', 'SCTP', 6, 17), ...version }),
          ends({ ...shape, on: onPorts }),
        ),
      },
      {
        weight: 16,
        arbitrary: both(
          fc.record({
            action,
            protocol: seldom(fc.constantFrom('TCP', 'UDPLite', 47, 4)),
            notProtocol: seldom(fc.constantFrom('TCP', 'UDP', 17, icmpName)),
            ...version,
          }),
          ends({ ...shape, on: nothing }),
        ),
      },
      {
        weight: 6,
        arbitrary: both(
          fc.record({
            action,
            protocol: fc.constant(icmpName),
            icmp: seldom(icmp, 1),
            notICMP: seldom(icmp, 2),
          }),
          ends({ ...shape, on: nothing }),
        ),
      },
      ...(direction === 'ingress'
        ? [
            {
              weight: 1,
              arbitrary: both(
                fc.record({ action: fc.constant('Allow'), protocol: fc.constant('TCP'), http }),
                ends({ ...shape, on: onPorts }),
              ),
            },
          ]
        : []),
    )
  })
