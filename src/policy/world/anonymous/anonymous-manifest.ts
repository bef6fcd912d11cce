import { isPlain } from '../../../model/codec/json.js'
import type { LabelNames, Rename } from './anonymous-labels.js'
import type { Domain } from './pseudonyms.js'

/** With what names, labels and addresses are replaced. */
export interface Replacement {
  readonly rename: Rename
  readonly labels: LabelNames
  /** `undefined` for a text that is no address and no network. */
  readonly address: (text: string) => string | undefined
}

type Replace = (value: unknown, by: Replacement) => unknown

const word =
  (domain: Domain): Replace =>
  (value, { rename }) =>
    typeof value === 'string' ? rename(domain, value) : value

const each =
  (replace: Replace): Replace =>
  (value, by) =>
    Array.isArray(value) ? value.map((it) => replace(it, by)) : value

const named =
  (domains: Readonly<Record<string, Replace>>): Replace =>
  (value, by) =>
    isPlain(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, it]) => [key, (domains[key] ?? anything)(it, by)]),
        )
      : value

const ownLabels: Replace = (value, { labels }) => labels.labels(value, 'own')

const whoseSelector =
  (whose: 'own' | 'namespace' | 'account'): Replace =>
  (value, by) =>
    typeof value === 'string' ? by.labels.selector(value, whose) : by.labels.labelSelector(value, whose)

/** A Service's selector is labels; all others are texts, or Kubernetes' own. */
const selector: Replace = (value, by) =>
  isPlain(value) && !('matchLabels' in value) && !('matchExpressions' in value)
    ? ownLabels(value, by)
    : whoseSelector('own')(value, by)

const profile: Replace = (value, { rename }) => {
  if (typeof value !== 'string') return value
  const [kind = '', namespace = '', ...account] = value.split('.')
  if (kind === 'kns') return `kns.${rename('namespace', [namespace, ...account].join('.'))}`
  if (kind === 'ksa') return `ksa.${rename('namespace', namespace)}.${rename('account', account.join('.'))}`
  return value
}

/** Addresses that are noted beside an object; nothing else of it says what policies do. */
const annotations: Replace = (value, { address }) =>
  isPlain(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, text]) => {
          const made = typeof text === 'string' ? address(text) : undefined
          return made === undefined ? [] : [[key, made]]
        }),
      )
    : value

/** Nothing of a container but its ports says what policies do. */
const container: Replace = (value) =>
  isPlain(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => key === 'ports' || key === 'restartPolicy'))
    : value

/** Rules of the network policy API have names. */
const rules: Replace = (value, by) => each(named({ ...byKey, name: word('text') }))(value, by)

const byKey: Readonly<Record<string, Replace>> = {
  namespace: word('namespace'),
  tier: word('tier'),
  node: word('node'),
  nodeName: word('node'),
  serviceAccount: word('account'),
  serviceAccountName: word('account'),
  labels: ownLabels,
  labelsToApply: ownLabels,
  namespaceLabels: (value, { labels }) => labels.labels(value, 'namespace'),
  serviceAccountLabels: (value, { labels }) => labels.labels(value, 'account'),
  annotations,
  selector,
  notSelector: selector,
  nodeSelector: selector,
  podSelector: whoseSelector('own'),
  namespaceSelector: whoseSelector('namespace'),
  namespaces: whoseSelector('namespace'),
  nodes: whoseSelector('own'),
  serviceAccountSelector: whoseSelector('account'),
  serviceAccounts: named({ names: each(word('account')), selector: whoseSelector('account') }),
  services: named({ name: word('service'), namespace: word('namespace') }),
  profiles: each(profile),
  containers: each(container),
  initContainers: each(container),
  domainNames: each(word('text')),
  // Nodes have addresses that are names.
  address: (value, { rename, address }) =>
    typeof value === 'string' ? (address(value) ?? rename('node', value)) : value,
  ingress: rules,
  egress: rules,
  exact: word('text'),
  prefix: word('text'),
}

/** All that is not known by its key: addresses in it are replaced, wherever they stand. */
const anything: Replace = (value, by) => {
  if (typeof value === 'string') return by.address(value) ?? value
  if (Array.isArray(value)) return value.map((it) => anything(it, by))
  return named(byKey)(value, by)
}

const kinds: Readonly<Record<string, Domain>> = {
  Namespace: 'namespace',
  Tier: 'tier',
  ServiceAccount: 'account',
  Service: 'service',
  Endpoints: 'service',
  Node: 'node',
  Pod: 'pod',
}

const domainOfKind = (kind: unknown): Domain =>
  typeof kind !== 'string' ? 'object' : /Policy$/.test(kind) ? 'policy' : (kinds[kind] ?? 'object')

/** Policies are stored with their tier in front, configurations of a node with `node.`, made host endpoints with an end. */
const objectName = (kind: unknown, name: string, tier: unknown, rename: Rename): string => {
  const domain = domainOfKind(kind)
  const start = typeof tier === 'string' && tier !== 'default' ? `${tier}.` : undefined
  if (domain === 'policy' && start !== undefined && name.startsWith(start))
    return `${rename('tier', String(tier))}.${rename(domain, name.slice(start.length))}`
  if (kind === 'FelixConfiguration' || kind === 'BGPConfiguration')
    return name.startsWith('node.') ? `node.${rename('node', name.slice(5))}` : rename(domain, name)
  const auto = kind === 'HostEndpoint' ? /^(.*)(-auto-hep)$/.exec(name) : null
  return auto === null ? rename(domain, name) : `${rename('node', auto[1] ?? '')}${auto[2]}`
}

const reference: Replace = (value, by) =>
  isPlain(value) && typeof value.name === 'string'
    ? {
        ...(named(byKey)(value, by) as object),
        name: objectName(value.kind, value.name, undefined, by.rename),
      }
    : value

const whoseLabels = (kind: unknown): 'own' | 'namespace' | 'account' =>
  kind === 'Namespace' ? 'namespace' : kind === 'ServiceAccount' ? 'account' : 'own'

const metadata = (kind: unknown, tier: unknown): Replace => {
  return (value, by) => {
    if (!isPlain(value)) return value
    const { name, namespace, labels, annotations: noted, ownerReferences } = value
    return {
      ...(typeof name === 'string' ? { name: objectName(kind, name, tier, by.rename) } : {}),
      ...(namespace === undefined ? {} : { namespace: word('namespace')(namespace, by) }),
      ...(labels === undefined ? {} : { labels: by.labels.labels(labels, whoseLabels(kind)) }),
      ...(noted === undefined ? {} : { annotations: annotations(noted, by) }),
      ...(ownerReferences === undefined ? {} : { ownerReferences: each(reference)(ownerReferences, by) }),
    }
  }
}

/** A manifest, a `Workload` or a described node with other names, labels and addresses. */
export const anonymousManifest = (value: unknown, by: Replacement): unknown => {
  if (!isPlain(value)) return value
  if (value._tag === 'Workload' || value._tag === 'Node') {
    const domain = value._tag === 'Node' ? 'node' : 'pod'
    const name = typeof value.name === 'string' ? { name: by.rename(domain, value.name) } : {}
    return { ...(named(byKey)(value, by) as object), ...name }
  }
  const tier = isPlain(value.spec) ? value.spec.tier : undefined
  const targets = each(named({ ...byKey, targetRef: reference }))
  return named({ ...byKey, kind: (kind) => kind, metadata: metadata(value.kind, tier), endpoints: targets })(
    value,
    by,
  )
}
