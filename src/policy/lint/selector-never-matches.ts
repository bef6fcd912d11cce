import type { Path } from '../../error.js'
import type { EntityRule } from '../../model/entity-rule.js'
import type { Selector } from '../../selector/ast.js'
import { mayMatch } from '../../selector/satisfiable.js'
import { read, scopeOf } from '../scope.js'
import { selectorOf, wantedBy } from './endpoints.js'
import type { Policy } from './resource-set.js'
import type { Remark, Rule } from './rule.js'

interface Asked {
  readonly path: Path
  readonly selector: Selector | undefined
}

type Fault = Pick<Remark, 'path' | 'message'>

/** What is wrong with selectors of which all must match, and with what they come to together. */
const faultIn = (
  asked: ReadonlyArray<Asked>,
  whole: Selector | 'all' | undefined,
  what: string,
): ReadonlyArray<Fault> => {
  const never = ({ selector }: Asked) => selector !== undefined && !mayMatch(selector)
  const alone = asked.filter(never)
  if (alone.length > 0)
    return alone.map(({ path }) => ({ path, message: `no labels match this selector: ${what}` }))
  const [first] = asked
  if (first === undefined || whole === undefined || whole === 'all' || mayMatch(whole)) return []
  return [
    {
      path: first.path,
      message: `no labels match this and what else is asked of them, the namespace included: ${what}`,
    },
  ]
}

const ofPolicy = ({ resource }: Policy): ReadonlyArray<Fault> =>
  faultIn(
    wantedBy(resource).map(({ field, selector }) => ({ path: ['spec', field], selector })),
    selectorOf(resource),
    'the policy applies to nothing',
  )

const ofEnd = (end: EntityRule, namespace: string | undefined, path: Path): ReadonlyArray<Fault> => {
  const texts: ReadonlyArray<readonly [Path, string | undefined]> = [
    [['selector'], end.selector],
    [['namespaceSelector'], end.namespaceSelector],
    [['serviceAccounts', 'selector'], end.serviceAccounts?.selector],
  ]
  const asked = texts.flatMap(([at, text]) =>
    text ? [{ path: [...path, ...at], selector: read(text) }] : [],
  )
  return faultIn(asked, scopeOf(end, namespace), 'the rule matches nothing')
}

const ofRules = ({ resource, namespace, sides }: Policy): ReadonlyArray<Fault> =>
  sides.flatMap(({ field }) =>
    (resource.spec[field] ?? []).flatMap(({ source = {}, destination = {} }, at) => [
      ...ofEnd(source, namespace, ['spec', field, at, 'source']),
      ...ofEnd(destination, namespace, ['spec', field, at, 'destination']),
    ]),
  )

export const selectorNeverMatches: Rule = {
  what: 'There are no labels that a selector matches, by itself or together with the namespace and what stands beside it.',
  remedy:
    'ask for less: || where one of several will do; and namespaceSelector for pods of another namespace',
  source: 'libcalico-go/lib/selector/parser/ast.go, Evaluate',
  find: ({ policies }) =>
    policies.flatMap((policy) =>
      [...ofPolicy(policy), ...ofRules(policy)].map((fault) => ({ index: policy.index, ...fault })),
    ),
}
