import { type FilledWorkload, labelsOfWorkload } from '../world/known-labels.js'
import { firstHoldingOf, type Holding, type SelectorTable } from './selector-table.js'

const namespaceKeys = [
  'pcns.projectcalico.org/name',
  'pcns.kubernetes.io/metadata.name',
  'projectcalico.org/namespace',
]
const accountKeys = ['pcsa.projectcalico.org/name', 'projectcalico.org/serviceaccount']

/** Which selectors hold for each pod, by what of it they look at. */
export interface PodHoldings {
  readonly selectors: SelectorTable
  /** How many selectors there were. */
  count: number
  isNamespaceAsked: boolean
  isAccountAsked: boolean
  /** To each key of a namespace's labels, and of an account's, its number; -1 where no selector asks for it. */
  readonly ofNamespace: Map<string, number>
  readonly ofAccount: Map<string, number>
  readonly known: Map<string, Holding>
}

export const podHoldings = (selectors: SelectorTable): PodHoldings => ({
  selectors,
  count: -1,
  isNamespaceAsked: false,
  isAccountAsked: false,
  ofNamespace: new Map(),
  ofAccount: new Map(),
  known: new Map(),
})

const begin = (holdings: PodHoldings): void => {
  const { selectors, ofNamespace, ofAccount, known } = holdings
  const isAsked = (key: string): boolean => selectors.keys.has(key)
  holdings.count = selectors.selectors.length
  holdings.isNamespaceAsked = namespaceKeys.some(isAsked)
  holdings.isAccountAsked = accountKeys.some(isAsked)
  ofNamespace.clear()
  ofAccount.clear()
  known.clear()
}

const accountState = ({ serviceAccount, serviceAccountLabels, accountIsGone }: FilledWorkload): string => {
  if (!serviceAccount) return serviceAccount === undefined ? '?' : ''
  if (accountIsGone) return 'gone'
  return serviceAccountLabels === undefined ? 'bare' : 'known'
}

type LabelsOf = Readonly<Record<string, string>> | undefined

/** The labels that are asked for, where keys go by other names among all of them. */
const prefixedText = (
  labels: LabelsOf,
  places: Map<string, number>,
  prefix: string,
  keys: ReadonlyMap<string, number>,
): string => {
  let text = '|'
  for (const key in labels) {
    let id = places.get(key)
    if (id === undefined) {
      id = keys.get(`${prefix}${key}`) ?? -1
      places.set(key, id)
    }
    if (id < 0) continue
    const value = `${labels[key]}`
    text += `${id},${value.length},${value};`
  }
  return text
}

const labelsText = (labels: LabelsOf, keys: ReadonlyMap<string, number>): string => {
  let text = '|'
  for (const key in labels) {
    const id = keys.get(key)
    if (id === undefined) continue
    const value = `${labels[key]}`
    text += `${id},${value.length},${value};`
  }
  return text
}

/** What of a pod the selectors look at. */
const textOf = (holdings: PodHoldings, pod: FilledWorkload): string => {
  const { keys } = holdings.selectors
  const { namespace, namespaceLabels, serviceAccount, serviceAccountLabels } = pod
  let text = `${accountState(pod)} ${namespaceLabels === undefined}`
  if (holdings.isNamespaceAsked) text += ` ${namespace}`
  if (holdings.isAccountAsked && serviceAccount) text += ` ${serviceAccount}`
  if (namespaceLabels !== undefined)
    text += prefixedText(namespaceLabels, holdings.ofNamespace, 'pcns.', keys)
  else text += '|'
  if (serviceAccountLabels !== undefined)
    text += prefixedText(serviceAccountLabels, holdings.ofAccount, 'pcsa.', keys)
  else text += '|'
  return text + labelsText(pod.labels, keys)
}

/** Each pod's labels are put together only where no selector has been asked about a pod like it. */
export const holdingOfPod = (holdings: PodHoldings, pod: FilledWorkload): Holding => {
  if (holdings.selectors.selectors.length !== holdings.count) begin(holdings)
  const text = textOf(holdings, pod)
  const there = holdings.known.get(text)
  if (there !== undefined) return there
  const holding = firstHoldingOf(holdings.selectors, labelsOfWorkload(pod))
  holdings.known.set(text, holding)
  return holding
}
