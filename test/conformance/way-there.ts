import type { AskedChain, Reason, Verdict } from '../../src/policy/index.js'
import type { Flow, World } from './flow-case.js'

const letters = { Allow: 'a', Deny: 'd', Pass: 'p' } as const

const places: Readonly<Record<string, string>> = {
  'untracked Ingress': 'ri',
  'untracked Egress': 're',
  'preDNAT Ingress': 'mi',
  'forward Ingress': 'fi',
  'forward Egress': 'fe',
  'normal Ingress': 'hi',
  'normal Egress': 'he',
  'DefaultEndpointToHostAction Ingress': 'th',
}

/** A policy under the name that Felix has it by. */
const storedName = (policy: string): string => {
  const [, kind, namespace = '', name] = /^(\w+)\(([^/]*\/)?(.*)\)$/.exec(policy) ?? []
  return `${namespace}${kind === 'KubernetesNetworkPolicy' ? 'knp.' : ''}default.${name}`
}

const stepOf = (place: string, { by, policy, rule, action, host }: Reason, world: World): string => {
  if (by === 'failsafe port') return `${place}:failsafe:a`
  if (by === 'profile') return `${place}:profile:${action === 'Deny' ? 'd' : 'a'}`
  if (by !== undefined) {
    const isReturn = host !== undefined && world.config?.DefaultEndpointToHostAction === 'RETURN'
    return `${place}:${by}:${isReturn ? 'r' : action === 'Deny' ? 'd' : 'a'}`
  }
  const letter = letters[action as keyof typeof letters]
  return policy === undefined ? `${place}:end:${letter}` : `${place}:${storedName(policy)}:${rule}:${letter}`
}

const isOf =
  ({ direction, host }: AskedChain) =>
  (reason: Reason): boolean =>
    reason.direction === direction && JSON.stringify(reason.host) === JSON.stringify(host)

/** What a verdict says decided, in order, as the oracle tells it. */
export const wayThere = (world: World, [from, to]: Flow, verdict: Verdict): string => {
  const nodeOf = (name: string): string | undefined =>
    world.pods.find((pod) => `${pod.namespace}/${pod.name}` === name)?.node
  const { decision, reasons, chains = [] } = verdict
  const steps = chains.flatMap((chain): ReadonlyArray<string> => {
    const { direction, host } = chain
    const mine = reasons.filter(isOf(chain)).filter(({ action }) => action !== 'Log')
    if (host !== undefined) {
      const place = `${host.node}.${places[`${host.hook} ${direction}`] ?? '?'}`
      // Before tracking, failsafe ports decide nothing: they are left to the other tables.
      return mine
        .filter(
          ({ by }) => !(by === 'failsafe port' && host.hook === 'untracked') && by !== 'ICMPv6 to a router',
        )
        .map((reason) => stepOf(place, reason, world))
    }
    const place = `${nodeOf(direction === 'Egress' ? from : to)}.${direction === 'Egress' ? 'e' : 'i'}`
    const last = mine.at(-1)
    if (last?.encapsulation !== undefined) return [`${place}:encapsulated:d`]
    const isDecided = last !== undefined && last.action !== 'Pass'
    return [
      ...mine.map((reason) => stepOf(place, reason, world)),
      ...(isDecided ? [] : [`${place}:profile:a`]),
    ]
  })
  return [decision === 'denied' ? '-' : '+', ...steps].join(' ')
}
