import fc from 'fast-check'
import { accountSelector, namespaceSelector, selector } from './selector.js'
import { accountNames, namespaceNames, nets, portNames, ports, serviceNames, someOf } from './words.js'

export type Part = fc.Arbitrary<object>
export type Direction = 'ingress' | 'egress'

export const both = (a: Part, b: Part): Part => fc.tuple(a, b).map(([one, other]) => ({ ...one, ...other }))
const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): Part =>
  fc.record({ ...fields }, { requiredKeys: [] })
export const nothing: Part = fc.constant({})

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
/** iptables takes 15 at most in one match. */
const many = fc.constant([...Array.from({ length: 16 }, (_, i) => 8000 + 2 * i), '8080:8085', 53, 'http'])
const portList = fc.oneof(
  { weight: 15, arbitrary: fc.array(port, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: many },
)
export const onPorts: Part = fc.oneof(
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

/** What a rule is, as far as its ends depend on it. */
export interface Shape {
  readonly direction: Direction
  readonly global: boolean
  readonly family: 4 | 6
  readonly on: Part
}

/** The source and the destination of a rule. */
export const ends = ({ direction, global, family, on }: Shape): Part => {
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
