import type { Labels, Selector } from './ast.js'
import { and, not } from './combination.js'
import { labelsOf } from './labels-of.js'
import { compile, matches, type Next, type Step } from './match.js'
import { printSelector } from './print.js'

/** What one way through the steps says of a label: whether the step's condition holds. The latest goes first. */
interface Fact {
  readonly step: Step
  readonly holds: boolean
  readonly earlier: Fact | undefined
}

const about = (key: string, latest: Fact | undefined): ReadonlyArray<Fact> => {
  const facts: Array<Fact> = []
  for (let fact = latest; fact !== undefined; fact = fact.earlier)
    if (fact.step.test.key === key) facts.push(fact)
  return facts
}

/** The only values that the label can have by this fact; `undefined` where they cannot be counted. */
const valuesBy = ({ step: { test }, holds }: Fact): ReadonlyArray<string> | undefined => {
  if (test._tag === (holds ? 'Eq' : 'Ne')) return [test.value]
  return test._tag === (holds ? 'In' : 'NotIn') ? test.values : undefined
}

/** A text that a value has, or has not, in a part of it. */
interface Text {
  readonly part: 'start' | 'end' | 'any'
  readonly text: string
}

/** What a condition on the text of a value asks for. To be there at all is to have the empty text. */
const textIn = ({ step: { test } }: Fact): ReadonlyArray<Text> => {
  switch (test._tag) {
    case 'Has':
      return [{ part: 'any', text: '' }]
    case 'Contains':
      return [{ part: 'any', text: test.value }]
    case 'StartsWith':
      return [{ part: 'start', text: test.value }]
    case 'EndsWith':
      return [{ part: 'end', text: test.value }]
    default:
      return []
  }
}

/** Whether what has the one text has the other text as well. */
const hasToo = (one: Text, other: Text): boolean => {
  if (other.part === 'any') return one.text.includes(other.text)
  if (one.part !== other.part) return false
  return one.part === 'start' ? one.text.startsWith(other.text) : one.text.endsWith(other.text)
}

const agree = (one: Text, other: Text): boolean =>
  one.part === 'any' || one.part !== other.part || hasToo(one, other) || hasToo(other, one)

/** Whether one value may have all the texts that it should have, and none of those that it should not. */
const isTextPossible = (facts: ReadonlyArray<Fact>): boolean => {
  const there = facts.filter(({ holds }) => holds).flatMap(textIn)
  const absent = facts.filter(({ holds }) => !holds).flatMap(textIn)
  return there.every(
    (one) => absent.every((other) => !hasToo(one, other)) && there.every((other) => agree(one, other)),
  )
}

/** A value that has all the texts of its parts, if it has no more of them than it needs. */
const valueBy = (facts: ReadonlyArray<Fact>): string => {
  const texts = facts.filter(({ holds }) => holds).flatMap(textIn)
  const longest = (part: Text['part']) =>
    texts.reduce((best, it) => (it.part === part && it.text.length > best.length ? it.text : best), '')
  return longest('start') + longest('any') + longest('end')
}

const suits = (facts: ReadonlyArray<Fact>, labels: Labels): boolean =>
  facts.every(({ step, holds }) => step.holds(labels) === holds)

/** What is left to try of a label that must be there. */
const candidates = (facts: ReadonlyArray<Fact>): ReadonlyArray<string> | undefined =>
  facts.map(valuesBy).find((values) => values !== undefined)

/** Whether a label may be as the facts say. False only where no value of it, nor its absence, is. */
const isPossible = (key: string, facts: ReadonlyArray<Fact>): boolean => {
  if (suits(facts, {})) return true
  const values = candidates(facts)
  return values === undefined ? isTextPossible(facts) : values.some((value) => suits(facts, { [key]: value }))
}

/** Labels of which the facts may be true: a guess where they are about parts of values. */
const labelsBy = (latest: Fact | undefined): Labels => {
  const labels: Record<string, string> = {}
  for (let fact = latest; fact !== undefined; fact = fact.earlier) {
    const { key } = fact.step.test
    const facts = about(key, latest)
    if (Object.hasOwn(labels, key) || suits(facts, {})) continue
    const value = (candidates(facts) ?? [valueBy(facts)]).find((it) => suits(facts, { [key]: it }))
    if (value !== undefined) Object.defineProperty(labels, key, { value, enumerable: true })
  }
  return labels
}

/** Selectors that people write need a few dozen. */
const mostSteps = 2_000

/** Labels that the selector seems to match; `'none'` where it is proven that there are none. */
const search = (selector: Selector): Labels | 'none' | undefined => {
  const todo: Array<readonly [Next, Fact | undefined]> = [[compile(selector), undefined]]
  for (let steps = 0; steps < mostSteps; steps++) {
    const state = todo.pop()
    if (state === undefined) return 'none'
    const [next, facts] = state
    if (next === true) return labelsBy(facts)
    if (next === false) continue
    const { key } = next.test
    const known = about(key, facts)
    for (const holds of [false, true]) {
      const fact = { step: next, holds, earlier: facts }
      if (isPossible(key, [...known, fact])) todo.push([holds ? next.yes : next.no, fact])
    }
  }
  return undefined
}

/**
 * Whether there are labels that the selector matches. `false` is proven; `true` also stands for a selector that is too
 * long to tell.
 *
 * @example
 * mayMatch(and(eq('role', 'web'), eq('role', 'api'))) // => false
 */
export const mayMatch = (selector: Selector): boolean => search(selector) !== 'none'

const examples = new WeakMap<Selector, Labels | 'none' | undefined>()

/** Some labels that the selector matches, where that is easy to say. */
export const exampleOf = (selector: Selector): Labels | undefined => {
  if (!examples.has(selector)) examples.set(selector, search(selector))
  const found = examples.get(selector)
  return found !== undefined && found !== 'none' && matches(selector, found) ? found : undefined
}

const texts = new WeakMap<Selector, string>()

const textOf = (selector: Selector): string => {
  const known = texts.get(selector)
  if (known !== undefined) return known
  const text = printSelector(selector)
  texts.set(selector, text)
  return text
}

const others = new WeakMap<Selector, Labels>()

/** Each label that the selector asks for, with a value that nobody has. */
const oddLabelsOf = (selector: Selector): Labels => {
  const known = others.get(selector)
  if (known !== undefined) return known
  const labels = Object.fromEntries(labelsOf(selector).map((key) => [key, '\0']))
  others.set(selector, labels)
  return labels
}

/** An example to the contrary: found in a fraction of the time that a proof takes. */
const hasCounterexample = (one: Selector, other: Selector): boolean => {
  const example = exampleOf(one)
  if (example === undefined) return false
  if (!matches(other, example)) return true
  const more = { ...oddLabelsOf(other), ...example }
  return matches(one, more) && !matches(other, more)
}

/**
 * Whether all that the one selector matches is matched by the other as well. `true` is proven; `false` also stands for
 * selectors that are too long to tell.
 *
 * @example
 * implies(eq('role', 'web'), has('role')) // => true
 */
export const implies = (one: Selector, other: Selector): boolean => {
  // Of many policies, most select what others do, in the same words.
  if (one === other || textOf(one) === textOf(other)) return true
  return !hasCounterexample(one, other) && !mayMatch(and(one, not(other)))
}
