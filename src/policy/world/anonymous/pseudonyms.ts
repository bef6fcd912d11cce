/** What a name is the name of: names of one domain are told apart, and keep their order where policies are sorted by it. */
export type Domain =
  | 'namespace'
  | 'tier'
  | 'policy'
  | 'account'
  | 'service'
  | 'node'
  | 'pod'
  | 'object'
  | 'key'
  | 'value'
  | 'text'

/** Names that every cluster has say nothing about this one. */
const common: Readonly<Record<Domain, ReadonlyArray<string>>> = {
  namespace: ['default', 'kube-system'],
  tier: ['default', 'adminnetworkpolicy', 'baselineadminnetworkpolicy', 'kube-admin', 'kube-baseline'],
  policy: [],
  account: ['default'],
  service: ['kubernetes', 'kube-dns'],
  node: [],
  pod: [],
  object: ['default'],
  key: ['app', 'k8s-app'],
  value: ['kube-dns'],
  text: [],
}

const first: Readonly<Record<Exclude<Domain, 'namespace' | 'tier'>, string>> = {
  policy: 'p',
  account: 'sa',
  service: 'svc',
  node: 'node',
  pod: 'pod',
  object: 'object',
  key: 'k',
  value: 'v',
  text: 'x',
}

/**
 * Ties of order are broken by stored names, `namespace/tier.name` or `tier.name`: new names of namespaces and tiers keep their
 * places among one another, and among the names that stay. Each of these, with what stands between it and the next one.
 */
const places: ReadonlyArray<readonly [stays: string, then: string]> = [
  ['', 'a'],
  ['adminnetworkpolicy.', 'b'],
  ['baselineadminnetworkpolicy.', 'c'],
  ['default/', 'e'],
  ['kube-admin.', 'kube-b'],
  ['kube-baseline.', 'kube-c'],
  ['kube-system/', 'n'],
  ['staged:', 'x'],
]

/** Where names are compared one by one, nothing follows them. */
const bare = places.map(([stays, then]) => [stays.replace(/[./:]$/, ''), then] as const)

const startAt = (place: string, isByParts: boolean): string =>
  (isByParts ? bare : places).findLast(([stays]) => stays <= place)?.[1] ?? 'a'

const number = (index: number, all: number): string => String(index + 1).padStart(String(all).length, '0')

type Mark = (word: string) => string

const separated: Readonly<Partial<Record<Domain, string>>> = { namespace: '/', tier: '.' }

/** Names collected, and then replaced: each by the same one wherever it stands. */
export interface Pseudonyms {
  readonly collect: (domain: Domain, word: string) => string
  /** The word stays as it is. */
  readonly keep: (domain: Domain, word: string) => void
  /** So do all of these domains. */
  readonly keepAll: (domains: ReadonlyArray<Domain>) => void
  /** After all were collected. */
  readonly close: () => (domain: Domain, word: string) => string
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** `isByParts`: names are compared one by one, as Calico does from 3.32 on, and not joined. */
export const pseudonyms = (isByParts: boolean): Pseudonyms => {
  const words = new Map<Domain, Set<string>>()
  const kept = new Map<Domain, Set<string>>()
  const add = (to: Map<Domain, Set<string>>, domain: Domain, word: string): void => {
    const there = to.get(domain)
    if (there === undefined) to.set(domain, new Set([word]))
    else there.add(word)
  }
  const stays = (domain: Domain, word: string): boolean =>
    word === '' || common[domain].includes(word) || kept.get(domain)?.has(word) === true
  const placeOf = (domain: Domain): Mark => {
    const end = isByParts ? '' : (separated[domain] ?? '')
    return (word) => `${word}${end}`
  }
  const numbered = (domain: keyof typeof first): ReadonlyArray<readonly [string, string]> => {
    const all = [...(words.get(domain) ?? [])].filter((word) => !stays(domain, word)).sort(byText)
    return all.map((word, index) => [word, `${first[domain]}${number(index, all.length)}`])
  }
  /** Namespaces and tiers together: both stand at the beginning of stored names. */
  const placed = (): ReadonlyArray<readonly [Domain, string, string]> => {
    const all = (['namespace', 'tier'] as const).flatMap((domain) =>
      [...(words.get(domain) ?? [])]
        .filter((word) => !stays(domain, word))
        .map((word) => ({ domain, word, place: placeOf(domain)(word) })),
    )
    return all
      .sort((a, b) => byText(a.place, b.place))
      .map(({ domain, word, place }, index) => [
        domain,
        word,
        `${startAt(place, isByParts)}${number(index, all.length)}`,
      ])
  }
  return {
    collect: (domain, word) => {
      add(words, domain, word)
      return word
    },
    keep: (domain, word) => add(kept, domain, word),
    keepAll: (domains) => {
      for (const domain of domains) for (const word of words.get(domain) ?? []) add(kept, domain, word)
    },
    close: () => {
      const made = new Map<Domain, Map<string, string>>()
      const put = (domain: Domain, word: string, name: string): void => {
        const there = made.get(domain) ?? new Map<string, string>()
        made.set(domain, there.set(word, name))
      }
      for (const [domain, word, name] of placed()) put(domain, word, name)
      for (const domain of words.keys())
        if (domain !== 'namespace' && domain !== 'tier')
          for (const [word, name] of numbered(domain)) put(domain, word, name)
      return (domain, word) => made.get(domain)?.get(word) ?? word
    },
  }
}
