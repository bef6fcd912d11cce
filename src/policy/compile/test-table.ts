import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { PolicyType } from '../../model/policy/policy.js'
import { familyAt } from '../../net/cidr.js'
import type { Selector } from '../../selector/ast.js'
import { and, not } from '../../selector/combination.js'
import { type NetId, type NetTable, netTable } from './net-table.js'
import { read, scopeOf } from './peer-selector.js'
import { type SelectorId, type SelectorTable, selectorTable } from './selector-table.js'

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
  readonly notScope?: Scope
  readonly nets?: Nets
  readonly notNets?: Nets
  /** Of a source: the service whose endpoints it is one of. */
  readonly service?: string
}

/** A port by its name, at the endpoints that a scope takes by their own labels. */
export interface NamedPortTest {
  readonly id: number
  readonly name: string
  readonly protocol: number
  readonly scope: Scope
}

/** All that rules ask, each once: what one test finds out, all rules that ask the same know. */
export interface TestTable {
  readonly selectors: SelectorTable
  readonly nets: NetTable
  /** Services that rules name, as `namespace/name`; without a namespace, none can be meant. */
  readonly services: Set<string>
  /** Networks that rules name. */
  readonly ruleNets: Set<NetId>
  readonly portNames: Set<string>
  readonly endTest: (end: EntityRule, namespace: string | undefined, isSource: boolean) => EndTest
  /** The test that holds perhaps, where the other one holds. */
  readonly perhaps: (test: EndTest) => EndTest
  readonly namedPort: (name: string, protocol: number, scope: Scope) => NamedPortTest
  readonly nextRule: () => number
  readonly endTests: ReadonlyArray<EndTest>
  /** What rules of a direction ask of the other end. */
  readonly farTests: { readonly [D in PolicyType]: Set<EndTest> }
  readonly namedPorts: ReadonlyArray<NamedPortTest>
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
export const anyone: EndTest = { id: 0, scope: 'all' }

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

export const testTable = (): TestTable => {
  const selectors = selectorTable()
  const nets = netTable()
  const services = new Set<string>()
  const ruleNets = new Set<NetId>()
  const portNames = new Set<string>()
  const endTests: Array<EndTest> = [anyone]
  const ends = new Map<string, EndTest>()
  const namedPorts: Array<NamedPortTest> = []
  const named = new Map<string, NamedPortTest>()

  let rules = 0
  const scopes = new Map<string, Pick<EndTest, 'scope' | 'notScope'>>()
  const interned = (text: string, selector: Selector | 'all' | undefined): Scope =>
    selector === undefined
      ? 'unreadable'
      : selector === 'all'
        ? 'all'
        : selectors.intern(text, () => selector)
  const scopesOf = (end: EntityRule, namespace: string | undefined): Pick<EndTest, 'scope' | 'notScope'> => {
    const positive = scopeOf(end, namespace)
    if (!end.notSelector) return { scope: interned(textOf(end, namespace), positive) }
    const negative = read(end.notSelector)
    if (positive === 'all') return { scope: 'all', notScope: interned(`! ${end.notSelector}`, negative) }
    // One selector for each endpoint or set by itself. Source: felix/calc/rule_scanner.go, combineMatchesIfPossible.
    const whole = positive === undefined || negative === undefined ? undefined : and(positive, not(negative))
    return { scope: interned(textOf(end, namespace), whole) }
  }
  const netsOf = (texts: ReadonlyArray<string> | undefined): Nets | undefined => {
    if (texts === undefined || texts.length === 0) return undefined
    const ids: Array<NetId> = []
    const families = new Set<4 | 6>()
    for (const text of texts) {
      const id = nets.intern(text)
      if (id === undefined) continue
      ids.push(id)
      ruleNets.add(id)
      families.add(familyAt(nets.intervalOf(id).from))
    }
    return { ids, families: [...families], isUnreadable: ids.length < texts.length }
  }
  const made = (end: EntityRule, namespace: string | undefined, isSource: boolean): Omit<EndTest, 'id'> => {
    const text = textOf(end, namespace)
    const scope = scopes.get(text) ?? scopesOf(end, namespace)
    scopes.set(text, scope)
    const [inside, outside, service] = [netsOf(end.nets), netsOf(end.notNets), serviceKey(end)]
    if (service !== undefined) services.add(service)
    return {
      ...scope,
      ...(inside === undefined ? {} : { nets: inside }),
      ...(outside === undefined ? {} : { notNets: outside }),
      ...(service === undefined || !isSource ? {} : { service }),
    }
  }
  const numbered = (test: Omit<EndTest, 'id'>): EndTest => {
    const key = JSON.stringify(test)
    const there = ends.get(key)
    if (there !== undefined) return there
    const fresh = { id: endTests.length, ...test }
    ends.set(key, fresh)
    endTests.push(fresh)
    return fresh
  }
  return {
    selectors,
    nets,
    services,
    ruleNets,
    portNames,
    nextRule: () => rules++,
    endTests,
    farTests: { Ingress: new Set(), Egress: new Set() },
    namedPorts,
    endTest: (end, namespace, isSource) =>
      asksNothing(end) ? anyone : numbered(made(end, namespace, isSource)),
    perhaps: ({ id: _, ...test }) => numbered({ ...test, notScope: 'unreadable' }),
    namedPort: (name, protocol, scope) => {
      const key = JSON.stringify([name, protocol, scope])
      const there = named.get(key)
      if (there !== undefined) return there
      const fresh = { id: namedPorts.length, name, protocol, scope }
      portNames.add(name)
      named.set(key, fresh)
      namedPorts.push(fresh)
      return fresh
    },
  }
}
