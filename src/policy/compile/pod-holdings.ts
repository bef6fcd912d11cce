import { type FilledWorkload, labelsOfWorkload } from '../world/known-labels.js'
import type { Holding, SelectorTable } from './selector-table.js'

/** Which selectors hold for a pod. */
export type HoldingOfPod = (pod: FilledWorkload) => Holding

const namespaceKeys = [
  'pcns.projectcalico.org/name',
  'pcns.kubernetes.io/metadata.name',
  'projectcalico.org/namespace',
]
const accountKeys = ['pcsa.projectcalico.org/name', 'projectcalico.org/serviceaccount']

const accountState = ({ serviceAccount, serviceAccountLabels, accountIsGone }: FilledWorkload): string => {
  if (!serviceAccount) return serviceAccount === undefined ? '?' : ''
  if (accountIsGone) return 'gone'
  return serviceAccountLabels === undefined ? 'bare' : 'known'
}

/** What of a pod the selectors of a table look at, as text. */
const askedOf = ({ placeOf }: SelectorTable) => {
  const placesUnder = (prefix: string): ((key: string) => number | undefined) => {
    const places = new Map<string, number | undefined>()
    return (key) => {
      if (places.has(key)) return places.get(key)
      const place = placeOf(`${prefix}${key}`)
      places.set(key, place)
      return place
    }
  }
  const [ofNamespace, ofAccount] = [placesUnder('pcns.'), placesUnder('pcsa.')]
  const isAsked = (keys: ReadonlyArray<string>): boolean => keys.some((key) => placeOf(key) !== undefined)
  const [isNamespaceAsked, isAccountAsked] = [isAsked(namespaceKeys), isAsked(accountKeys)]
  const labelsText = (
    labels: Readonly<Record<string, string>> | undefined,
    place: (key: string) => number | undefined,
  ): string => {
    let text = '|'
    for (const key in labels) {
      const id = place(key)
      if (id === undefined) continue
      const value = `${labels[key]}`
      text += `${id},${value.length},${value};`
    }
    return text
  }
  return (pod: FilledWorkload): string =>
    `${accountState(pod)} ${pod.namespaceLabels === undefined}` +
    (isNamespaceAsked ? ` ${pod.namespace}` : '') +
    (isAccountAsked && pod.serviceAccount ? ` ${pod.serviceAccount}` : '') +
    labelsText(pod.namespaceLabels, ofNamespace) +
    labelsText(pod.serviceAccountLabels, ofAccount) +
    labelsText(pod.labels, placeOf)
}

/** Each pod's labels are put together only where no selector has been asked about a pod like it. */
export const podHoldings = (selectors: SelectorTable): HoldingOfPod => {
  let version = -1
  let textOf = askedOf(selectors)
  const known = new Map<string, Holding>()
  return (pod) => {
    if (selectors.version() !== version) {
      known.clear()
      textOf = askedOf(selectors)
      version = selectors.version()
    }
    const text = textOf(pod)
    const there = known.get(text) ?? selectors.firstHoldingOf(labelsOfWorkload(pod))
    known.set(text, there)
    return there
  }
}
