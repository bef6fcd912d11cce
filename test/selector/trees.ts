import * as fc from 'fast-check'
import type { Labels, Selector } from '../../src/selector/ast.js'
import { all, and, global, not, or } from '../../src/selector/combination.js'
import { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from '../../src/selector/condition.js'

/** Few keys and values, so that selectors and labels meet; with what other languages would trip over. */
const someKey = fc.constantFrom('role', 'env', 'in', 'not', 'has', 'all', 'k8s-app', 'a.b/c_d', '-', '0')
const someValue = fc.constantFrom(
  'web',
  'api',
  'we',
  'b',
  '',
  ' ',
  "it's",
  'say "hi"',
  'a && b',
  '日本',
  '😀',
  '�',
)

const written = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<Selector> => {
  const values = fc
    .tuple(value, fc.array(value, { maxLength: 4 }))
    .map(([first, others]): [string, ...Array<string>] => [first, ...others])
  return fc.letrec<{ tree: Selector }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.oneof(
        fc.constantFrom(all(), global()),
        key.map(has),
        fc
          .tuple(fc.constantFrom(eq, ne, contains, startsWith, endsWith), key, value)
          .map(([make, ...of]) => make(...of)),
        fc.tuple(fc.constantFrom(isIn, notIn), key, values).map(([make, ...of]) => make(...of)),
      ),
      tie('tree').map(not),
      fc
        .tuple(fc.constantFrom(and, or), tie('tree'), fc.array(tie('tree'), { maxLength: 3 }))
        .map(([make, first, others]) => make(first, ...others)),
    ),
  })).tree
}

/** Selectors as the functions of the library make them. */
export const someSelector = written(someKey, someValue)

/** The same with any strings at all for keys and values. */
export const anySelector = written(
  fc.oneof(someKey, fc.string(), fc.constantFrom('a) || has(b', 'a == "b" ||', 'x'.repeat(513))),
  fc.oneof(
    someValue,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(`"' || all() || a == '`, `"'`, `'" || all() || "`),
  ),
)

export const someLabels: fc.Arbitrary<Labels> = fc.dictionary(someKey, someValue, { maxKeys: 5 })

/** A selector evaluated the plain way, straight down the tree: the oracle of the fast one. */
export const evaluate = (selector: Selector, labels: Labels): boolean => {
  const value = 'key' in selector && Object.hasOwn(labels, selector.key) ? labels[selector.key] : undefined
  switch (selector._tag) {
    case 'All':
    case 'Global':
      return true
    case 'Has':
      return value !== undefined
    case 'Eq':
      return value === selector.value
    case 'Ne':
      return value !== selector.value
    case 'Contains':
      return value?.includes(selector.value) ?? false
    case 'StartsWith':
      return value?.startsWith(selector.value) ?? false
    case 'EndsWith':
      return value?.endsWith(selector.value) ?? false
    case 'In':
      return selector.values.some((one) => one === value)
    case 'NotIn':
      return selector.values.every((one) => one !== value)
    case 'Not':
      return !evaluate(selector.operand, labels)
    case 'And':
      return selector.operands.every((operand) => evaluate(operand, labels))
    case 'Or':
      return selector.operands.some((operand) => evaluate(operand, labels))
  }
}
