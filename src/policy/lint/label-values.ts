import type { Path } from '../../error.js'
import { printResource } from '../../model/resource-id.js'
import type { Condition, Selector } from '../../selector/ast.js'
import { mapConditions } from '../../selector/map-conditions.js'
import { read } from '../compile/peer-selector.js'
import type { AnyPolicy } from '../world/any-policy.js'
import { asWritten } from './lint-world.js'
import type { Policy } from './resource-set.js'
import type { Rule } from './rule.js'

const value = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/
const part = /^[-A-Za-z0-9_.]*$/
const longest = 63

/** Names stand in these, which may be longer than labels. */
const isOfNames = (key: string): boolean => key.startsWith('projectcalico.org/')

const isValue = (key: string, text: string): boolean =>
  value.test(text) && (text.length <= longest || isOfNames(key))

const isPart = (key: string, text: string): boolean =>
  part.test(text) && (text.length <= longest || isOfNames(key))

const textsOf = (condition: Condition): ReadonlyArray<readonly [text: string, isPossible: boolean]> => {
  switch (condition._tag) {
    case 'Eq':
    case 'Ne':
      return [[condition.value, isValue(condition.key, condition.value)]]
    case 'In':
    case 'NotIn':
      return condition.values.map((text) => [text, isValue(condition.key, text)])
    case 'Contains':
    case 'StartsWith':
    case 'EndsWith':
      return [[condition.value, isPart(condition.key, condition.value)]]
    default:
      return []
  }
}

const impossibleIn = (selector: Selector): ReadonlyArray<string> => {
  const found: Array<string> = []
  mapConditions(selector, (condition) => {
    for (const [text, isPossible] of textsOf(condition)) if (!isPossible) found.push(text)
    return condition
  })
  return found
}

/** Every selector that a policy has, with its place. */
const selectorsOf = ({
  resource,
}: Policy): ReadonlyArray<readonly [path: Path, text: string | undefined]> => {
  const { spec } = resource
  return [
    [['spec', 'selector'], spec.selector],
    [['spec', 'serviceAccountSelector'], spec.serviceAccountSelector],
    [['spec', 'namespaceSelector'], 'namespaceSelector' in spec ? spec.namespaceSelector : undefined],
    ...(['ingress', 'egress'] as const).flatMap((field) =>
      (spec[field] ?? []).flatMap((rule, at) =>
        (['source', 'destination'] as const).flatMap((end) => {
          const { selector, notSelector, namespaceSelector, serviceAccounts } = rule[end] ?? {}
          const path = ['spec', field, at, end]
          return [
            [[...path, 'selector'], selector],
            [[...path, 'notSelector'], notSelector],
            [[...path, 'namespaceSelector'], namespaceSelector],
            [[...path, 'serviceAccounts', 'selector'], serviceAccounts?.selector],
          ] as const
        }),
      ),
    ),
  ]
}

const hintFor = (text: string): string | undefined => {
  const [first = '', second] = text.split('*')
  if (second === '' && first !== '' && text.indexOf('*') === text.length - 1)
    return `there are no wildcards: write starts with '${first}'`
  if (text.startsWith('*') && first === '' && second)
    return `there are no wildcards: write ends with '${second}'`
  return undefined
}

const isOfKubernetes = (resource: AnyPolicy): boolean => {
  const name = printResource(resource)
  return asWritten(name) !== name
}

export const labelValueImpossible: Rule = {
  what: "A selector compares a label with what no label's value can be, such as 'web-*': it never has it, and never lacks it.",
  remedy:
    'write the value as labels have it: letters, digits and - _ . between them, at most 63; or starts with, ends with, contains',
  source: 'k8s.io/apimachinery/pkg/util/validation, IsValidLabelValue',
  report: 'https://github.com/Azure/azure-container-networking/pull/1717',
  find: ({ policies }) => {
    const known = new Map<string, string | undefined>()
    const firstIn = (text: string): string | undefined => {
      if (!known.has(text)) {
        const selector = read(text)
        known.set(text, selector && impossibleIn(selector)[0])
      }
      return known.get(text)
    }
    return policies.flatMap((policy) =>
      selectorsOf(policy).flatMap(([path, text]) => {
        const found = text ? firstIn(text) : undefined
        if (found === undefined) return []
        const message = `no label has the value ${JSON.stringify(found.slice(0, 80))}`
        // Selectors of Kubernetes have no words for parts of values.
        const hint = isOfKubernetes(policy.resource) ? undefined : hintFor(found)
        return [{ index: policy.index, path, message, ...(hint === undefined ? {} : { hint }) }]
      }),
    )
  },
}
