import type { Test } from '../../selector/match.js'

/** A text that all values of a domain have in a part of them, or that none of them has. */
interface TextFact {
  readonly part: 'start' | 'end' | 'any'
  readonly text: string
  readonly holds: boolean
}

/** What a label may still be: absent, one of some values, or any but some. */
export interface LabelDomain {
  readonly mayBeAbsent: boolean
  /** Where they can be counted. */
  readonly values: ReadonlyArray<string> | undefined
  /** Where they cannot be: those that it is not. */
  readonly not: ReadonlyArray<string>
  readonly texts: ReadonlyArray<TextFact>
}

export const anyLabel: LabelDomain = { mayBeAbsent: true, values: undefined, not: [], texts: [] }
export const anyValue: LabelDomain = { ...anyLabel, mayBeAbsent: false }
export const absentLabel: LabelDomain = { ...anyLabel, values: [] }
export const onlyValue = (value: string): LabelDomain => ({ ...anyValue, values: [value] })

/** What Kubernetes takes for the value of a label. A selector may ask for others, which no label ever has. */
const isValue = (text: string): boolean =>
  text === '' || (text.length <= 63 && /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text))

const hasText = (value: string, { part, text }: TextFact): boolean =>
  part === 'start' ? value.startsWith(text) : part === 'end' ? value.endsWith(text) : value.includes(text)

const suits = ({ not, texts }: LabelDomain, value: string): boolean =>
  !not.includes(value) && texts.every((fact) => hasText(value, fact) === fact.holds)

/** Values that have all the texts which they need, with something between, until one suits. */
const someValue = (domain: LabelDomain): string | undefined => {
  const needed = domain.texts.filter(({ holds }) => holds)
  const longest = (part: TextFact['part']): string =>
    needed.reduce((best, it) => (it.part === part && it.text.length > best.length ? it.text : best), '')
  const inside = needed.filter(({ part }) => part === 'any').map(({ text }) => text)
  const [start, end] = [longest('start'), longest('end')]
  const fillers = ['', 'other', 'x', 'another', '0', 'z9', ...domain.not.map((_, i) => `other-${i}`)]
  const middles = ['', ...inside, inside.join('')]
  for (const middle of middles)
    for (const filler of fillers)
      for (const value of [`${start}${filler}${middle}${end}`, `${start}${middle}${filler}${end}`])
        if (value !== '' && isValue(value) && suits(domain, value)) return value
  return undefined
}

/** `undefined` where there is nothing that the label may be. Of texts that only seem to agree, something is left. */
const unlessEmpty = (domain: LabelDomain): LabelDomain | undefined => {
  if (domain.mayBeAbsent || domain.values === undefined) return domain
  return domain.values.length === 0 ? undefined : domain
}

const textOf = (test: Test): Omit<TextFact, 'holds'> | undefined => {
  switch (test._tag) {
    case 'Contains':
      return { part: 'any', text: test.value }
    case 'StartsWith':
      return { part: 'start', text: test.value }
    case 'EndsWith':
      return { part: 'end', text: test.value }
    default:
      return undefined
  }
}

/** The values that a test asks for, or that it excludes. */
const listed = (test: Test): ReadonlyArray<string> =>
  test._tag === 'Eq' || test._tag === 'Ne'
    ? [test.value]
    : test._tag === 'In' || test._tag === 'NotIn'
      ? test.values
      : []

const without = (domain: LabelDomain, values: ReadonlyArray<string>): LabelDomain =>
  domain.values === undefined
    ? { ...domain, not: [...new Set([...domain.not, ...values])] }
    : { ...domain, values: domain.values.filter((value) => !values.includes(value)) }

/** Of what is there, what has the text, or has it not. */
const withText = (domain: LabelDomain, fact: TextFact): LabelDomain =>
  domain.values === undefined
    ? { ...domain, texts: [...domain.texts, fact] }
    : { ...domain, values: domain.values.filter((value) => hasText(value, fact) === fact.holds) }

/** The domain where the label is one of these, and where it is not. */
const byValues = (domain: LabelDomain, values: ReadonlyArray<string>): Split => {
  const candidates = domain.values ?? values.filter(isValue)
  const among = candidates.filter((value) => values.includes(value) && suits(domain, value))
  return {
    yes: unlessEmpty({ ...anyValue, values: among }),
    no: unlessEmpty(without(domain, values)),
  }
}

/** A domain by the answer to a test: `undefined` where it cannot be so. */
export interface Split {
  readonly yes: LabelDomain | undefined
  readonly no: LabelDomain | undefined
}

const positive = (domain: LabelDomain, test: Test): Split => {
  if (test._tag === 'Has')
    return {
      yes: unlessEmpty({ ...domain, mayBeAbsent: false }),
      no: domain.mayBeAbsent ? absentLabel : undefined,
    }
  const text = textOf(test)
  if (text === undefined) return byValues(domain, listed(test))
  return {
    yes: unlessEmpty(withText({ ...domain, mayBeAbsent: false }, { ...text, holds: true })),
    no: unlessEmpty(withText(domain, { ...text, holds: false })),
  }
}

export const splitLabel = (domain: LabelDomain, test: Test): Split => {
  const { yes, no } = positive(domain, test)
  return test._tag === 'Ne' || test._tag === 'NotIn' ? { yes: no, no: yes } : { yes, no }
}

/** What both are, as far as that is easy to say; `undefined` for nothing. */
export const meet = (one: LabelDomain, other: LabelDomain): LabelDomain | undefined => {
  const mayBeAbsent = one.mayBeAbsent && other.mayBeAbsent
  const counted = one.values ?? other.values
  if (counted !== undefined) {
    const isIn = (domain: LabelDomain, value: string): boolean =>
      domain.values === undefined ? suits(domain, value) : domain.values.includes(value)
    const values = counted.filter((value) => isIn(one, value) && isIn(other, value))
    return unlessEmpty({ mayBeAbsent, values, not: [], texts: [] })
  }
  return {
    mayBeAbsent,
    values: undefined,
    not: [...one.not, ...other.not],
    texts: [...one.texts, ...other.texts],
  }
}

/** A value for the label: `'absent'` where it may be, `undefined` where none was found. */
export const pickLabel = (domain: LabelDomain): { readonly value?: string } | undefined => {
  if (domain.mayBeAbsent) return {}
  const value = domain.values === undefined ? someValue(domain) : domain.values[0]
  return value === undefined ? undefined : { value }
}
