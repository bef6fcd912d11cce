import * as E from 'fp-ts/lib/Either.js'
import { isPlain } from '../../../model/codec/json.js'
import type { Condition } from '../../../selector/ast.js'
import { mapConditions } from '../../../selector/map-conditions.js'
import { parseSelector } from '../../../selector/parse.js'
import { printSelector } from '../../../selector/print.js'
import type { Domain } from './pseudonyms.js'

/** A name for a name of a domain. */
export type Rename = (domain: Domain, word: string) => string

/** Whose labels they are: the same key says other things of each. */
export type Whose = 'own' | 'namespace' | 'account'

const prefixes: ReadonlyArray<readonly [prefix: string, whose: Whose]> = [
  ['pcns.', 'namespace'],
  ['pcsa.', 'account'],
]

/** Keys that Kubernetes and Calico give, as they stand in every cluster. */
const isWellKnown = (key: string): boolean =>
  /(?:^|\.)(?:kubernetes\.io|k8s\.io|projectcalico\.org)\//.test(key)

/** What the values of a key are names of; `undefined` where they stay. */
const domainOf = (key: string, whose: Whose): Domain | undefined => {
  switch (key) {
    case 'kubernetes.io/metadata.name':
    case 'projectcalico.org/namespace':
      return 'namespace'
    case 'projectcalico.org/name':
      return whose === 'account' ? 'account' : whose === 'namespace' ? 'namespace' : 'value'
    case 'projectcalico.org/serviceaccount':
      return 'account'
    case 'kubernetes.io/service-name':
      return 'service'
    case 'kubernetes.io/hostname':
      return 'node'
    default:
      return key.startsWith('projectcalico.org/') ? undefined : 'value'
  }
}

const split = (key: string, whose: Whose): readonly [prefix: string, key: string, whose: Whose] => {
  const found = prefixes.find(([prefix]) => key.startsWith(prefix))
  return found === undefined ? ['', key, whose] : [found[0], key.slice(found[0].length), found[1]]
}

export interface LabelNames {
  readonly key: (key: string, whose: Whose) => string
  readonly value: (key: string, value: string, whose: Whose) => string
  readonly labels: (labels: unknown, whose: Whose) => unknown
  /** Calico's own selectors. */
  readonly selector: (text: string, whose: Whose) => string
  /** Kubernetes' own selectors. */
  readonly labelSelector: (selector: unknown, whose: Whose) => unknown
}

const isPartial = ({ _tag }: Condition): boolean =>
  _tag === 'Contains' || _tag === 'StartsWith' || _tag === 'EndsWith'

/**
 * Labels and selectors with other keys and values. A value that some selector looks into (`contains`, `starts with`,
 * `ends with`) stays: `onPartial` is told its domain and key.
 */
export const labelNames = (
  rename: Rename,
  onPartial: (domain: Domain | undefined, key: string) => void = () => undefined,
): LabelNames => {
  const keyName = (whole: string, whose: Whose): string => {
    const [prefix, key] = split(whole, whose)
    return `${prefix}${isWellKnown(key) ? key : rename('key', key)}`
  }
  const valueName = (whole: string, value: string, asked: Whose): string => {
    const [, key, whose] = split(whole, asked)
    const domain = domainOf(key, whose)
    return domain === undefined ? value : rename(domain, value)
  }
  const condition = (it: Condition, asked: Whose): Condition => {
    if (it._tag === 'All' || it._tag === 'Global') return it
    const key = keyName(it.key, asked)
    if (it._tag === 'Has') return { ...it, key }
    if ('values' in it)
      return { ...it, key, values: it.values.map((value) => valueName(it.key, value, asked)) }
    if (!isPartial(it)) return { ...it, key, value: valueName(it.key, it.value, asked) }
    const [, own, whose] = split(it.key, asked)
    onPartial(domainOf(own, whose), own)
    return { ...it, key }
  }
  const texts = new Map<string, string>()
  const expression = (value: unknown, whose: Whose): unknown => {
    if (!isPlain(value) || typeof value.key !== 'string') return value
    const { key, values } = value
    const named = Array.isArray(values)
      ? { values: values.map((it) => valueName(key, String(it), whose)) }
      : {}
    return { ...value, key: keyName(key, whose), ...named }
  }
  const labels = (value: unknown, whose: Whose): unknown =>
    isPlain(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, text]) => [
            keyName(key, whose),
            typeof text === 'string' ? valueName(key, text, whose) : text,
          ]),
        )
      : value
  return {
    key: keyName,
    value: valueName,
    labels,
    selector: (text, whose) => {
      const known = texts.get(`${whose} ${text}`)
      if (known !== undefined) return known
      const parsed = parseSelector(text)
      const made = E.isLeft(parsed)
        ? text
        : printSelector(mapConditions(parsed.right, (it) => condition(it, whose)))
      texts.set(`${whose} ${text}`, made)
      return made
    },
    labelSelector: (value, whose) => {
      if (!isPlain(value)) return value
      const { matchLabels, matchExpressions } = value
      return {
        ...value,
        ...(matchLabels === undefined ? {} : { matchLabels: labels(matchLabels, whose) }),
        ...(Array.isArray(matchExpressions)
          ? { matchExpressions: matchExpressions.map((it) => expression(it, whose)) }
          : {}),
      }
    },
  }
}
