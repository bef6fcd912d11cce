import * as E from 'fp-ts/lib/Either.js'
import { keyFault, valueFault } from '../../check/value/qualified-name.js'
import { type Invalid, type Issue, invalid, type Path, unlessIssues } from '../../error.js'
import { decodeAs } from '../../model/codec/codec.js'
import { LabelSelector } from '../../model/meta/label-selector.js'
import { contradictions } from './label-requirements.js'

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist']

const source = 'k8s.io/apimachinery pkg/labels/selector.go, NewRequirement'

const issue = (path: Path, message: string, hint: string): Issue => ({
  rule: 'label-selector',
  path,
  message,
  hint,
  source,
})

const wrongKey = (path: Path, key: string): ReadonlyArray<Issue> => {
  const fault = keyFault(key)
  if (fault === undefined) return []
  return [issue(path, `the label ${JSON.stringify(key)} ${fault}`, 'write a label that Shoots can have')]
}

const wrongValue = (path: Path, value: string): ReadonlyArray<Issue> => {
  const fault = valueFault(value)
  if (fault === undefined) return []
  const message = `the value ${JSON.stringify(value)} ${fault}`
  return [issue(path, message, 'write a value that a label can have')]
}

const wrongCount = (path: Path, operator: string, count: number): ReadonlyArray<Issue> => {
  const needsValues = operator === 'In' || operator === 'NotIn'
  if (needsValues === count > 0) return []
  return needsValues
    ? [issue(path, `${operator} needs at least one value`, 'name the values, or use Exists')]
    : [issue(path, `${operator} takes no values`, 'remove the values, or use In or NotIn')]
}

const faults = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): ReadonlyArray<Issue> => [
  ...Object.entries(matchLabels).flatMap(([key, value]) => [
    ...wrongKey(['matchLabels', key], key),
    ...wrongValue(['matchLabels', key], value),
  ]),
  ...matchExpressions.flatMap(({ key, operator, values = [] }, index) => {
    const path = ['matchExpressions', index]
    if (!operators.includes(operator)) {
      const hint = `use one of ${operators.join(', ')}`
      return [issue([...path, 'operator'], `there is no operator ${JSON.stringify(operator)}`, hint)]
    }
    return [
      ...wrongKey([...path, 'key'], key),
      ...wrongCount([...path, 'values'], operator, values.length),
      ...values.flatMap((value, at) => wrongValue([...path, 'values', at], value)),
    ]
  }),
]

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0

/** The issues with the option in front. */
export const under = (option: string, result: Invalid): Invalid => {
  const [first, ...others] = result.issues
  const move = (one: Issue): Issue => ({ ...one, path: [option, ...one.path] })
  return invalid([move(first), ...others.map(move)])
}

const read = (value: unknown): E.Either<Invalid, LabelSelector> => {
  const decoded = decodeAs(LabelSelector, value)
  if (E.isLeft(decoded)) return decoded
  const wrong = faults(decoded.right)
  if (wrong.length > 0) return unlessIssues(wrong, decoded.right)
  const never = contradictions(decoded.right)
  if (never.length > 0) {
    const message = `no Shoot can match it: what it asks of ${never.join(', ')} contradicts itself`
    const hint = 'remove one of the requirements'
    return E.left(invalid([{ rule: 'selects-nothing', path: [], message, hint }]))
  }
  return decoded
}

/** Under which option a selector is given, and how every Shoot is meant there. */
interface Place {
  readonly option: string
  readonly forAll: string
}

const manifest: Place = { option: 'shootSelector', forAll: "write shootSelector: 'all'" }

/**
 * A selector of Shoots, by Kubernetes' rules. One that is empty would select every Shoot: it must be `all` then.
 * gardenlet takes any JSON, and a misspelt field as an empty selector; one that it cannot use stops it for every Shoot
 * of the seed. So what is written is closed, and usable.
 */
export const decodeShootSelector = (
  value: unknown,
  { option, forAll }: Place = manifest,
): E.Either<Invalid, LabelSelector | 'all'> => {
  if (value === 'all') return E.right(value)
  const decoded = E.mapLeft((wrong: Invalid) => under(option, wrong))(read(value))
  if (E.isRight(decoded) && isEmpty(decoded.right)) {
    const message = 'an empty selector selects every Shoot'
    const hint = `name labels, or ${forAll} if every Shoot is meant`
    return E.left(invalid([{ rule: 'label-selector', path: [option], message, hint }]))
  }
  return decoded
}
