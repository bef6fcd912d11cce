import type { Path } from '../../error.js'
import type { EntityRule } from '../../model/policy/entity-rule.js'
import type { Selector } from '../../selector/ast.js'
import { mayMatch } from '../../selector/satisfiable.js'
import { read, scopeOf } from '../compile/peer-selector.js'
import { everythingAsked, wantedBy } from './endpoints.js'
import type { Policy } from './resource-set.js'
import type { Remark, Rule } from './rule.js'

interface Asked {
  readonly path: Path
  readonly selector: Selector | undefined
}

type Fault = Pick<Remark, 'path' | 'message'>

/** What is wrong with selectors of which all must match, or with the whole that they and the place come to. */
const faultsIn = (
  asked: ReadonlyArray<Asked>,
  whole: Selector | 'all' | undefined,
  place: string,
  what: string,
): ReadonlyArray<Fault> => {
  const alone = asked.filter(({ selector }) => selector !== undefined && !mayMatch(selector))
  if (alone.length > 0) return alone.map(({ path }) => ({ path, message: `no labels match this: ${what}` }))
  const [first] = asked
  if (first === undefined || whole === undefined || whole === 'all' || mayMatch(whole)) return []
  return [{ path: first.path, message: `no labels match this ${place}: ${what}` }]
}

const inNamespace = (namespace: string | undefined): string =>
  namespace === undefined ? 'and what stands beside it' : `in the namespace ${namespace}`

const ofPolicy = ({ resource, namespace }: Policy): ReadonlyArray<Fault> =>
  faultsIn(
    wantedBy(resource).map(({ field, selector }) => ({ path: ['spec', field], selector })),
    everythingAsked(resource),
    inNamespace(namespace),
    'the policy applies to nothing',
  )

const ofEnd = (end: EntityRule, namespace: string | undefined, path: Path): ReadonlyArray<Fault> => {
  const { selector, namespaceSelector, serviceAccounts } = end
  const asked = [
    { at: ['selector'], text: selector },
    { at: ['namespaceSelector'], text: namespaceSelector },
    { at: ['serviceAccounts', 'selector'], text: serviceAccounts?.selector },
  ].flatMap(({ at, text }) => (text ? [{ path: [...path, ...at], selector: read(text) }] : []))
  const place = inNamespace(namespaceSelector ? undefined : namespace)
  return faultsIn(asked, scopeOf(end, namespace), place, 'the rule matches nothing')
}

const ofRules = ({ resource, namespace, sides }: Policy): ReadonlyArray<Fault> =>
  sides.flatMap(({ field }) =>
    (resource.spec[field] ?? []).flatMap(({ source = {}, destination = {} }, at) => [
      ...ofEnd(source, namespace, ['spec', field, at, 'source']),
      ...ofEnd(destination, namespace, ['spec', field, at, 'destination']),
    ]),
  )

export const selectorNeverMatches: Rule = {
  what: 'No labels can match a selector, alone or together with the namespace and the fields beside it.',
  remedy: 'ask for less: || where one of several is enough; namespaceSelector for pods of another namespace',
  source: 'libcalico-go/lib/selector/parser/ast.go, Evaluate',
  find: ({ policies }) =>
    policies.flatMap((policy) =>
      [...ofPolicy(policy), ...ofRules(policy)].map((fault) => ({ index: policy.index, ...fault })),
    ),
}
