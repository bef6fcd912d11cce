import { expectTypeOf } from 'expect-type'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Selector } from '../../src/selector/ast.js'
import { all, and, not, or } from '../../src/selector/combination.js'
import { contains, eq, has, isIn, ne, notIn } from '../../src/selector/condition.js'
import { label } from '../../src/selector/label.js'

const role = label<'web' | 'api' | 'db'>('role')
const namespace = label('projectcalico.org/name')

// Declared values, and any value of a label that declares none.
eq(role, 'web')
isIn(role, ['web', 'api'])
eq(namespace, 'shop')
eq('role', 'wbe')
notIn(namespace, ['kube-system', 'calico-system'])
contains(role, 'e')

// @ts-expect-error 'wbe' is not among the declared values
eq(role, 'wbe')
// @ts-expect-error nor is it for ne
ne(role, 'wbe')
// @ts-expect-error nor in a set
isIn(role, ['web', 'wbe'])
// @ts-expect-error nor in the set of notIn
notIn(role, ['wbe'])
const dynamic: string = 'web'
// @ts-expect-error any string is too much
eq(role, dynamic)
// @ts-expect-error values are strings
eq('port', 80)

// An empty set matches nothing, its negation everything: neither is what anybody means.
// @ts-expect-error at least one value
isIn(role, [])
// @ts-expect-error at least one value
notIn('role', [])
const list: ReadonlyArray<string> = ['web']
// @ts-expect-error a list may be empty
isIn('role', list)
const some: ReadonlyNonEmptyArray<string> = ['web']
isIn('role', some)
const tuple = ['web', 'api'] as const
isIn(role, tuple)
const [first, ...rest] = list
if (first !== undefined) isIn('role', [first, ...rest])

// Nothing to combine.
// @ts-expect-error at least one operand
and()
// @ts-expect-error at least one operand
or()
const conditions: ReadonlyArray<Selector> = []
// @ts-expect-error a list may be empty
and(...conditions)
and(all(), ...conditions)
or(not(all()), ...conditions)
// @ts-expect-error a selector in text is parsed first
and("role == 'web'")

// A selector is deeply readonly data.
const selector = eq(role, 'web')
expectTypeOf(selector).toExtend<Selector>()
expectTypeOf(has(role)).toEqualTypeOf<{ readonly _tag: 'Has'; readonly key: string }>()
// @ts-expect-error readonly
selector.value = 'api'
const group = isIn(role, ['web'])
// @ts-expect-error readonly
group.values.push('api')
