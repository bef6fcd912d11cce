import type { Selector } from './ast.js'
import { and, not } from './combination.js'
import { compile, type Next, type Step } from './match.js'

/** What a way through the steps has found of one label: whether the step's condition holds. The latest goes first. */
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

/** Whether a label may be so. False only where no value, nor its absence, is. */
const isPossible = (key: string, facts: ReadonlyArray<Fact>): boolean => {
  const suits = (labels: Readonly<Record<string, string>>) =>
    facts.every(({ step, holds }) => step.holds(labels) === holds)
  if (suits({})) return true
  const values = facts.map(valuesBy).find((it) => it !== undefined)
  return values === undefined ? isTextPossible(facts) : values.some((value) => suits({ [key]: value }))
}

/** Selectors that people write need a few dozen. */
const mostSteps = 2_000

/**
 * Whether there are labels that the selector matches. `false` is proven; `true` also stands for a selector that is too
 * long to tell.
 *
 * @example
 * mayMatch(and(eq('role', 'web'), eq('role', 'api'))) // => false
 */
export const mayMatch = (selector: Selector): boolean => {
  const todo: Array<readonly [Next, Fact | undefined]> = [[compile(selector), undefined]]
  for (let steps = 0; steps < mostSteps; steps++) {
    const [next, facts] = todo.pop() ?? [false, undefined]
    if (next === true) return true
    if (next === false) {
      if (todo.length === 0) return false
      continue
    }
    const { key } = next.test
    const known = about(key, facts)
    for (const holds of [false, true]) {
      const fact = { step: next, holds, earlier: facts }
      if (isPossible(key, [...known, fact])) todo.push([holds ? next.yes : next.no, fact])
    }
  }
  return true
}

/**
 * Whether all that the one selector matches is matched by the other as well. `true` is proven; `false` also stands for
 * selectors that are too long to tell.
 *
 * @example
 * implies(eq('role', 'web'), has('role')) // => true
 */
export const implies = (one: Selector, other: Selector): boolean => !mayMatch(and(one, not(other)))
