import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, invalid } from '../../error.js'
import { closest } from '../../model/codec/closest.js'
import { describeGiven } from '../../model/codec/issue.js'
import { addressValue, familyAt, networkInterval, printAddressValue } from '../../net/cidr.js'
import { podAt, podsMeant, printNames } from '../compile/pods-at.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { type Endpoint, isEndpoint } from '../world/flow.js'

/** So many names are compared letter by letter. */
const mostCompared = 20_000

const afterSlash = (name: string): string => name.slice(name.indexOf('/') + 1)

/** A pod of the world that may have been meant. */
const meant = (pods: ReadonlyArray<string>, text: string): string | undefined =>
  pods.find((it) => afterSlash(it) === text) ??
  pods.find((it) => it.startsWith(`${text}-`) || afterSlash(it).startsWith(`${text}-`)) ??
  closest(text, pods.slice(0, mostCompared)) ??
  pods.find((it) => afterSlash(it) === afterSlash(text))

/** Names of what is no pod, as people write them. */
const outside = /^(outside|outsiders?|internet|external|world|any|anywhere|all|\*)$/i

/** What an end may be, where no pod is near to what was written. */
const endsAre = (pod: string, text: string): string => {
  const interval = networkInterval(text)
  if (interval !== undefined) {
    const { from, until } = interval
    return `such as ${printAddressValue(until - from > 1n ? from + 1n : from)}`
  }
  if (outside.test(text)) return 'what is no pod is named by an address, such as 203.0.113.1'
  return /^[^/.]+\/[^/]+$/.test(text)
    ? `give its manifest as well, or name the node, as node:NAME, of a pod on its host's network; pods that are there are named as ${pod}`
    : `name a pod or a workload as ${pod}, a node as node:NAME, or an address; for a service, name a pod behind it`
}

const hintFor = (pods: ReadonlyArray<string>, text: string): string => {
  const isNode = text.startsWith(nodePrefix)
  const [first] = pods
  if (first === undefined)
    return isNode
      ? 'the world has no nodes: give their manifests'
      : 'the world has no pods: give manifests of pods or workloads'
  const found = networkInterval(text) === undefined ? meant(pods, text) : undefined
  if (found !== undefined) return `did you mean ${found}?`
  return isNode ? `write it as ${first}` : endsAre(first, text)
}

const nodePrefix = 'node:'

/** What could be meant: nodes for what begins as one, pods for all else. */
const namesLike = ({ endpoints: { pods, hosts } }: PolicyWorld, text: string): ReadonlyArray<string> =>
  text.startsWith(nodePrefix)
    ? [...hosts.byName.keys()].map((name) => `${nodePrefix}${name}`)
    : [...pods.keys()]

const isThere = ({ endpoints: { pods, hostPods, hosts } }: PolicyWorld, text: string): boolean =>
  pods.has(text) ||
  hostPods.has(text) ||
  addressValue(text) !== undefined ||
  (text.startsWith(nodePrefix) && hosts.byName.has(text.slice(nodePrefix.length).split('/')[0] ?? ''))

const messageFor = (text: string): string => {
  if (text.startsWith(nodePrefix)) return `there is no node ${text.slice(nodePrefix.length)}`
  if (networkInterval(text) !== undefined) return `${text} is a network: name one address of it`
  return `there is no pod ${text || '""'}, and it is not an address`
}

/**
 * The name of an end that is there: a pod of the world as `namespace/name`, also for its address, a node as `node:name`, or an
 * address; otherwise an issue that says what is meant.
 */
export const namedPeer = (world: PolicyWorld, text: string): E.Either<Invalid, string> => {
  if (isThere(world, text)) return E.right(podAt(world.endpoints, text) ?? text)
  const hint = hintFor(namesLike(world, text), text)
  const message = messageFor(text)
  return E.left(invalid([{ rule: 'no-such-peer', path: [], message, hint }]))
}

const endpointPrefix = 'HostEndpoint('

const namesOfEndpoints = ({ endpoints: { entities } }: PolicyWorld): ReadonlyArray<string> =>
  entities.flatMap(({ _tag, name }) => (_tag === 'HostEndpoint' ? [name] : []))

const noSuchEndpoint = (names: ReadonlyArray<string>, text: string): Issue => {
  const found = closest(text, names.slice(0, mostCompared)) ?? names[0]
  const hint =
    found === undefined ? 'the world has no host endpoints: give their manifests' : `did you mean ${found}?`
  return { rule: 'no-such-peer', path: [], message: `there is no ${text}`, hint }
}

const noEnd = (world: PolicyWorld, value: unknown): Issue => ({
  rule: 'no-such-peer',
  path: [],
  message: `expected a pod, a node or an address, got ${describeGiven(value)}`,
  hint: hintFor(namesLike(world, ''), ''),
})

const severalPods = (ip: string, pods: ReadonlyArray<string>): Issue => ({
  rule: 'no-such-peer',
  path: [],
  message: `${pods.length} pods have ${ip}`,
  hint: `name the one that is meant: ${printNames(pods)}`,
})

/**
 * As `namedPeer`, and a host endpoint by its name as `HostEndpoint(node-1)`, or an end that is described. An issue for an
 * address that several pods have.
 */
export const namedEnd = (
  world: PolicyWorld,
  peer: string | Endpoint,
): E.Either<Invalid, string | Endpoint> => {
  if (typeof peer !== 'string' && !isEndpoint(peer)) return E.left(invalid([noEnd(world, peer)]))
  const ip = typeof peer === 'string' ? peer : peer._tag === 'Address' ? peer.ip : ''
  const pods = podsMeant(world.endpoints, addressValue(ip))
  if (pods.length > 1) return E.left(invalid([severalPods(ip, pods)]))
  if (typeof peer !== 'string') return E.right(peer)
  if (!peer.startsWith(endpointPrefix)) return namedPeer(world, peer)
  const names = namesOfEndpoints(world)
  return names.includes(peer) ? E.right(peer) : E.left(invalid([noSuchEndpoint(names, peer)]))
}

/** Which family of addresses an end is of; undefined for what is no address. */
export const familyOf = (text: string): 4 | 6 | undefined => {
  const value = addressValue(text)
  return value === undefined ? undefined : familyAt(value)
}

/** A namespace that has pods; otherwise an issue that says what is meant. */
export const namedNamespace = (
  { endpoints: { pods } }: PolicyWorld,
  text: string,
): E.Either<Invalid, string> => {
  const there = [...new Set([...pods.keys()].map((name) => name.slice(0, name.indexOf('/'))))]
  if (there.includes(text)) return E.right(text)
  const found = closest(text, there)
  const hint =
    found === undefined ? `there are pods in ${there.slice(0, 5).join(', ')}` : `did you mean ${found}?`
  const message = `there is no pod in a namespace ${text}`
  return E.left(invalid([{ rule: 'no-such-namespace', path: [], message, hint }]))
}
