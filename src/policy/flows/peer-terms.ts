import type { EntityRule } from '../../model/policy/entity-rule.js'
import { addressValue, networkInterval } from '../../net/cidr.js'
import type { Labels } from '../../selector/ast.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import type { FoundEnd } from './recorded-ends.js'
import { privateNets } from './recorded-ends.js'
import { printPeer, type RecordedFlow, type RecordedPeer } from './recorded-flow.js'
import { identityOf, selectorOfIdentity } from './workload-identity.js'

/** A workload that policies can name. */
export interface NamedWorkload {
  readonly namespace: string
  readonly identity: Labels
}

/** How a rule names an end: in a policy of a namespace. */
export type PeerTerm =
  | { readonly _tag: 'Labels'; readonly namespace: string | 'global'; readonly selector: string }
  | { readonly _tag: 'Net'; readonly net: string }
  | { readonly _tag: 'Public' }
  | { readonly _tag: 'Private' }
  | { readonly _tag: 'Service'; readonly namespace: string; readonly name: string }

const global = 'global'

/** How an end is named, or what keeps it from being named. */
export interface NamedEnd {
  readonly terms: ReadonlyArray<PeerTerm>
  readonly workloads: ReadonlyArray<NamedWorkload>
  readonly questions: ReadonlyArray<string>
}

const unnamed = (question: string): NamedEnd => ({ terms: [], workloads: [], questions: [question] })

const single = (term: PeerTerm, ...questions: ReadonlyArray<string>): NamedEnd => ({
  terms: [term],
  workloads: [],
  questions,
})

const ofWorkloads = (workloads: ReadonlyArray<NamedWorkload>, questions: ReadonlyArray<string>): NamedEnd => {
  const terms = workloads.map(
    ({ namespace, identity }): PeerTerm => ({
      _tag: 'Labels',
      namespace,
      selector: selectorOfIdentity(identity),
    }),
  )
  const unique = new Map(terms.map((term, at) => [JSON.stringify(term), at]))
  const kept = [...unique.values()]
  return {
    terms: kept.flatMap((at) => terms[at] ?? []),
    workloads: kept.flatMap((at) => workloads[at] ?? []),
    questions,
  }
}

const hostNet = (ip: string): string => `${ip}/${ip.includes(':') ? 128 : 32}`

/** A labelled set, by all of its labels. */
const setTerm = (world: PolicyWorld, name: string): NamedEnd | undefined => {
  const set = world.parts.others.find(
    (it) =>
      (it.kind === 'NetworkSet' &&
        `NetworkSet(${it.metadata.namespace ?? 'default'}/${it.metadata.name})` === name) ||
      (it.kind === 'GlobalNetworkSet' && `GlobalNetworkSet(${it.metadata.name})` === name),
  )
  if (set === undefined) return undefined
  const identity = identityOf(set.metadata.labels ?? {})
  if (identity === undefined) return unnamed(`${name} has no labels: give it one, so that rules can name it`)
  const namespace = set.kind === 'NetworkSet' ? (set.metadata.namespace ?? 'default') : global
  return single({ _tag: 'Labels', namespace, selector: selectorOfIdentity(identity) })
}

/** The smallest labelled set that has the address. */
const setWith = (world: PolicyWorld, ip: string): NamedEnd | undefined => {
  const address = addressValue(ip)
  if (address === undefined) return undefined
  const found = world.endpoints.entities
    .filter(({ _tag }) => _tag === 'NetworkSet')
    .flatMap(({ name, nets }) =>
      nets.flatMap((net) => {
        const span = networkInterval(net)
        const isIn = span !== undefined && span.from <= address && address < span.until
        return isIn ? [{ name, size: span.until - span.from }] : []
      }),
    )
    .sort((a, b) => (a.size < b.size ? -1 : 1))
  const [first] = found
  const named = first && setTerm(world, first.name)
  return named !== undefined && named.terms.length > 0 ? named : undefined
}

const nameAddress = (world: PolicyWorld, ip: string): NamedEnd =>
  setWith(world, ip) ?? single({ _tag: 'Net', net: hostNet(ip) })

const namePods = (world: PolicyWorld, peer: RecordedPeer, end: FoundEnd): NamedEnd => {
  const found = end.pods.flatMap((name) => world.endpoints.pods.get(name) ?? [])
  const those =
    found.length > 0
      ? found.map(({ namespace, labels = {} }) => ({ namespace, labels }))
      : peer._tag === 'Pods'
        ? [{ namespace: peer.namespace, labels: peer.labels ?? {} }]
        : []
  const workloads = those.flatMap(({ namespace, labels }) => {
    const identity = identityOf(labels)
    return identity === undefined ? [] : [{ namespace, identity }]
  })
  return workloads.length < those.length || workloads.length === 0
    ? ofWorkloads(workloads, [`${printPeer(peer)} has no labels that rules could name it by`])
    : ofWorkloads(workloads, [])
}

/** How rules name an end of a flow. */
export const nameEnd = (
  world: PolicyWorld,
  peer: RecordedPeer,
  end: FoundEnd,
  { service }: Pick<RecordedFlow, 'service'>,
): NamedEnd => {
  if (end.isPod || (peer._tag === 'Pods' && end.missing !== undefined)) return namePods(world, peer, end)
  const isHidden = peer._tag === 'Anywhere' || peer._tag === 'Host'
  if (isHidden && service !== undefined && end.missing === undefined && isKnown(world, service)) {
    const [namespace = '', name = ''] = service.split('/')
    return single({ _tag: 'Service', namespace, name })
  }
  switch (peer._tag) {
    case 'Address':
      return nameAddress(world, peer.ip)
    case 'Anywhere':
      return single(
        { _tag: peer.of === 'public' ? 'Public' : 'Private' },
        `which ${peer.of} addresses are meant? The log does not say, so all of them are let through`,
      )
    case 'Host':
      return unnamed(
        `how is the node ${peer.name} to be named? Policies for pods find nodes by their addresses`,
      )
    default:
      return (
        setTerm(world, printPeer({ ...peer, _tag: 'NetworkSet' })) ??
        unnamed(`what labels has ${printPeer(peer)}? The world does not have it`)
      )
  }
}

const isKnown = ({ endpoints }: PolicyWorld, service: string): boolean =>
  [...endpoints.services.values()].some((members) => members.some((it) => it.service === service))

/** The end of a rule of a policy of a namespace. */
export const entityRule = (term: PeerTerm, own: string): EntityRule => {
  switch (term._tag) {
    case 'Labels':
      if (term.namespace === own) return { selector: term.selector }
      return {
        selector: term.selector,
        namespaceSelector:
          term.namespace === global ? 'global()' : `projectcalico.org/name == '${term.namespace}'`,
      }
    case 'Net':
      return { nets: [term.net] }
    case 'Public':
      return { notNets: privateNets }
    case 'Private':
      return { nets: privateNets }
    case 'Service':
      return { services: { name: term.name, namespace: term.namespace } }
  }
}
