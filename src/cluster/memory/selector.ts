import * as E from 'fp-ts/lib/Either.js'
import type { KubeObject } from '../port.js'
import { badRequest, type Refusal } from './status.js'

type Test = (object: KubeObject) => boolean
type Labels = Readonly<Record<string, string>>

const key = '[A-Za-z0-9._/-]+'
const value = '[A-Za-z0-9._-]*'
const requirement = new RegExp(
  `^\\s*(?:(!?)\\s*(${key})|(${key})\\s*(==?|!=)\\s*(${value})|(${key})\\s+(in|notin)\\s*\\(([^()]*)\\))\\s*$`,
)

const parseRequirement = (text: string): ((labels: Labels) => boolean) | undefined => {
  const match = requirement.exec(text)
  if (match === null) return undefined
  const [, not, present, compared = '', operator, wanted = '', listed = '', set, members = ''] = match
  if (present !== undefined) return (labels) => Object.hasOwn(labels, present) !== (not === '!')
  if (set !== undefined) {
    const among = new Set(members.split(',').map((member) => member.trim()))
    return (labels) => (Object.hasOwn(labels, listed) && among.has(labels[listed] ?? '')) === (set === 'in')
  }
  return (labels) => (Object.hasOwn(labels, compared) && labels[compared] === wanted) === (operator !== '!=')
}

/** Kubernetes' label selector: `app=web,tier in (a, b),!canary`. */
export const parseLabelSelector = (text: string): E.Either<Refusal, Test> => {
  if (text.trim() === '') return E.right(() => true)
  const tests = text.split(/,(?![^(]*\))/).map(parseRequirement)
  const known = tests.filter((test) => test !== undefined)
  if (known.length < tests.length) return E.left(badRequest(`unable to parse requirement: ${text}`))
  return E.right(({ metadata }) => known.every((test) => test(metadata.labels ?? {})))
}

const fieldAt = (object: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined,
    object,
  )

const selectable = new Set([
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'status.phase',
  'involvedObject.kind',
  'involvedObject.name',
  'involvedObject.namespace',
  'involvedObject.uid',
  'reason',
  'type',
])

/** Kubernetes' field selector: `metadata.name=x,status.phase!=Failed`, on the fields that it knows. */
export const parseFieldSelector = (text: string): E.Either<Refusal, Test> => {
  if (text === '') return E.right(() => true)
  const tests: Test[] = []
  for (const part of text.split(',')) {
    const [, field = '', operator, wanted = ''] = /^([\w.]+)(==?|!=)(.*)$/.exec(part) ?? []
    if (operator === undefined) return E.left(badRequest(`invalid field selector: "${text}"`))
    if (!selectable.has(field)) return E.left(badRequest(`field label not supported: ${field}`))
    tests.push(
      (object) => (String(fieldAt(object, field.split('.')) ?? '') === wanted) === (operator !== '!='),
    )
  }
  return E.right((object) => tests.every((test) => test(object)))
}
