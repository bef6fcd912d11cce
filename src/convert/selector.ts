import type { LabelRequirement, LabelSelector } from '../model/meta/label-selector.js'

const set = (values: ReadonlyArray<string> = []): string => `{ '${values.join("', '")}' }`

const requirement = ({ key, operator, values }: LabelRequirement): ReadonlyArray<string> => {
  switch (operator) {
    case 'In':
      return [`${key} in ${set(values)}`]
    case 'NotIn':
      return [`${key} not in ${set(values)}`]
    case 'Exists':
      return [`has(${key})`]
    case 'DoesNotExist':
      return [`! has(${key})`]
    default:
      return []
  }
}

const terms = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): ReadonlyArray<string> => [
  ...Object.keys(matchLabels)
    .sort()
    .map((key) => `${key} == '${matchLabels[key]}'`),
  ...matchExpressions.flatMap(requirement),
]

/** Pods: Calico's selectors find all endpoints, so those that are no pods are left out by name. */
export const podSelector = (selector: LabelSelector = {}): string =>
  ["projectcalico.org/orchestrator == 'k8s'", ...terms(selector)].join(' && ')

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0

/** None for the policy's own namespace. */
export const namespaceSelector = (selector: LabelSelector | undefined): string | undefined => {
  if (selector === undefined) return undefined
  return isEmpty(selector) ? 'all()' : terms(selector).join(' && ')
}
