import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { PolicyType } from '../../model/policy/policy.js'
import { familyAt } from '../../net/cidr.js'
import type { Selector } from '../../selector/ast.js'
import { and, not } from '../../selector/combination.js'
import { internNet, intervalOf, type NetId, type NetTable, netTable } from './net-table.js'
import { read, scopeOf } from './peer-selector.js'
import type { SelectorId } from './selector-index.js'
import { internSelector, type SelectorTable, selectorTable } from './selector-table.js'

/** A selector of an end: `all` for no selector, `unreadable` for one that does not parse. */
export type Scope = SelectorId | 'all' | 'unreadable'

/** Networks, as what is asked of an address. One that cannot be read may be any. */
export interface Nets {
  readonly ids: ReadonlyArray<NetId>
  readonly families: ReadonlyArray<4 | 6>
  readonly isUnreadable: boolean
}

/** What a rule asks of one end by who it is: ports and ports of services aside. */
export interface EndTest {
  readonly id: number
  readonly scope: Scope
  /** Where there is no selector beside it: no endpoint or set at the address may match. */
  readonly notScope: Scope | undefined
  readonly nets: Nets | undefined
  readonly notNets: Nets | undefined
  /** Of a source: the service whose endpoints it is one of. */
  readonly service: string | undefined
}

/** A port by its name, at the endpoints that a scope takes by their own labels. */
export interface NamedPortTest {
  readonly id: number
  readonly name: string
  readonly protocol: number
  readonly scope: Scope
}

type Scopes = Pick<EndTest, 'scope' | 'notScope'>

/** All that rules ask, each once: what one test finds out, all rules that ask the same know. */
export interface TestTable {
  readonly selectors: SelectorTable
  readonly nets: NetTable
  /** Services that rules name, as `namespace/name`; without a namespace, none can be meant. */
  readonly services: Set<string>
  /** Networks that rules name. */
  readonly ruleNets: Set<NetId>
  readonly portNames: Set<string>
  readonly endTests: Array<EndTest>
  /** What rules of a direction ask of the other end. */
  readonly farTests: { readonly [D in PolicyType]: Set<EndTest> }
  readonly namedPorts: Array<NamedPortTest>
  /** How many rules there are. */
  rules: number
  /** What was asked already, by its text. */
  readonly known: {
    readonly scopes: Map<string, Scopes>
    readonly ends: Map<string, EndTest>
    readonly ports: Map<string, NamedPortTest>
  }
}

/** The service of a rule as EndpointSlices have it. One without a namespace is in none, and so has no endpoints. */
export const serviceKey = ({ services }: EntityRule): string | undefined =>
  services === undefined ? undefined : `${services.namespace ?? ''}/${services.name ?? ''}`

const textOf = (end: EntityRule, namespace: string | undefined): string =>
  JSON.stringify([
    end.selector || end.notSelector || end.serviceAccounts ? namespace : undefined,
    end.selector,
    end.notSelector,
    end.namespaceSelector,
    end.serviceAccounts,
  ])

/** The test of an end that says nothing, but for ports. */
export const anyone: EndTest = {
  id: 0,
  scope: 'all',
  notScope: undefined,
  nets: undefined,
  notNets: undefined,
  service: undefined,
}

export const testTable = (): TestTable => ({
  selectors: selectorTable(),
  nets: netTable(),
  services: new Set(),
  ruleNets: new Set(),
  portNames: new Set(),
  endTests: [anyone],
  farTests: { Ingress: new Set(), Egress: new Set() },
  namedPorts: [],
  rules: 0,
  known: { scopes: new Map(), ends: new Map(), ports: new Map() },
})

const asksNothing = (end: EntityRule): boolean =>
  !(
    end.selector ||
    end.notSelector ||
    end.namespaceSelector ||
    end.serviceAccounts ||
    end.services ||
    end.nets?.length ||
    end.notNets?.length
  )

const interned = ({ selectors }: TestTable, text: string, selector: Selector | 'all' | undefined): Scope =>
  selector === undefined
    ? 'unreadable'
    : selector === 'all'
      ? 'all'
      : internSelector(selectors, text, selector)

const readScopes = (
  tests: TestTable,
  end: EntityRule,
  namespace: string | undefined,
  text: string,
): Scopes => {
  const positive = scopeOf(end, namespace)
  if (!end.notSelector) return { scope: interned(tests, text, positive), notScope: undefined }
  const negative = read(end.notSelector)
  if (positive === 'all') return { scope: 'all', notScope: interned(tests, `! ${end.notSelector}`, negative) }
  // One selector for each endpoint or set by itself. Source: felix/calc/rule_scanner.go, combineMatchesIfPossible.
  const whole = positive === undefined || negative === undefined ? undefined : and(positive, not(negative))
  return { scope: interned(tests, text, whole), notScope: undefined }
}

const everyone: Scopes = { scope: 'all', notScope: undefined }

const scopesOf = (tests: TestTable, end: EntityRule, namespace: string | undefined): Scopes => {
  if (!(end.selector || end.notSelector || end.namespaceSelector || end.serviceAccounts)) return everyone
  const text = textOf(end, namespace)
  const there = tests.known.scopes.get(text)
  if (there !== undefined) return there
  const scopes = readScopes(tests, end, namespace, text)
  tests.known.scopes.set(text, scopes)
  return scopes
}

const netsOf = (tests: TestTable, texts: ReadonlyArray<string> | undefined): Nets | undefined => {
  if (texts === undefined || texts.length === 0) return undefined
  const ids: Array<NetId> = []
  const families: Array<4 | 6> = []
  for (const text of texts) {
    const id = internNet(tests.nets, text)
    if (id === undefined) continue
    ids.push(id)
    tests.ruleNets.add(id)
    const family = familyAt(intervalOf(tests.nets, id).from)
    if (!families.includes(family)) families.push(family)
  }
  return { ids, families, isUnreadable: ids.length < texts.length }
}

const numbered = (
  { endTests, known }: TestTable,
  { scope, notScope, nets, notNets, service }: Omit<EndTest, 'id'>,
): EndTest => {
  const key = JSON.stringify([scope, notScope, nets, notNets, service])
  const there = known.ends.get(key)
  if (there !== undefined) return there
  const fresh: EndTest = { id: endTests.length, scope, notScope, nets, notNets, service }
  known.ends.set(key, fresh)
  endTests.push(fresh)
  return fresh
}

/** What an end of a rule asks, of a policy of a namespace or of all of them. */
export const endTest = (
  tests: TestTable,
  end: EntityRule,
  namespace: string | undefined,
  isSource: boolean,
): EndTest => {
  if (asksNothing(end)) return anyone
  const { scope, notScope } = scopesOf(tests, end, namespace)
  const service = serviceKey(end)
  if (service !== undefined) tests.services.add(service)
  const [nets, notNets] = [netsOf(tests, end.nets), netsOf(tests, end.notNets)]
  return numbered(tests, { scope, notScope, nets, notNets, service: isSource ? service : undefined })
}

/** The test that holds perhaps, where the other one holds. */
export const perhaps = (tests: TestTable, test: EndTest): EndTest =>
  numbered(tests, { ...test, notScope: 'unreadable' })

export const namedPort = (tests: TestTable, name: string, protocol: number, scope: Scope): NamedPortTest => {
  const { namedPorts, portNames, known } = tests
  const key = JSON.stringify([name, protocol, scope])
  const there = known.ports.get(key)
  if (there !== undefined) return there
  const fresh = { id: namedPorts.length, name, protocol, scope }
  portNames.add(name)
  known.ports.set(key, fresh)
  namedPorts.push(fresh)
  return fresh
}
