import { printResource } from '../../model/resource-id.js'
import { addressValue } from '../../net/cidr.js'
import { protocolNumber } from '../../net/protocol-number.js'
import { type Denial, mayMean, networksOfSets, type Traffic } from './denied-by.js'
import { hasAllInterfaces, isForHosts } from './host/host-policy.js'
import type { Match } from './match.js'
import type { Policy, ResourceSet } from './resource-set.js'
import type { Remark, Rule } from './rule.js'
import { denials, denyingRules, outrightDenials, subjectOf } from './subject.js'

const [tcp, udp] = [protocolNumber('TCP'), protocolNumber('UDP')]
const dns = 53

interface EgressOfPods {
  readonly policy: Policy
  readonly rules: NonNullable<Policy['sides'][number]>['rules']
}

const egressOfPods = (set: ResourceSet): ReadonlyArray<EgressOfPods> =>
  set.policies.flatMap((policy) => {
    const side = policy.sides.find(({ direction }) => direction === 'Egress')
    if (side === undefined || !policy.isEnforced || policy.phase !== 'normal' || isForHosts(policy, set))
      return []
    return [{ policy, rules: side.rules }]
  })

/** Whether it allows some ports by their numbers: then it is about what its pods need, and not about isolating them. */
const allowsPorts = ({ rules }: EgressOfPods): boolean =>
  rules.some(({ action, destination }) => action === 'Allow' && destination.ports.numbers.length > 0)

const path = ['spec', 'egress']

/** A policy whose pods are cut off, and the rule that does it where it is not the end of a tier. */
interface CutOff {
  readonly policy: Policy
  readonly by: Denial | undefined
}

/** Who denies DNS by its port means to. */
const isOutright = ({ destination: { ports } }: Match): boolean => ports.given.length === 0

/** Those policies whose pods cannot send any of it, whatever policy denies it. */
const cutOff = (
  set: ResourceSet,
  some: ReadonlyArray<EgressOfPods>,
  traffic: ReadonlyArray<Traffic>,
): ReadonlyArray<CutOff> => {
  const questions = traffic.map((it) => {
    const question = { direction: 'Egress', traffic: it } as const
    return {
      isDeniedAtEnd: denials(set, 'pods', question),
      denialOf: outrightDenials(set, 'pods', question, isOutright),
    }
  })
  return some.flatMap(({ policy }) => {
    const subject = subjectOf(policy, 'pods')
    if (subject === undefined) return []
    const by: Array<Denial> = []
    for (const { isDeniedAtEnd, denialOf } of questions) {
      if (isDeniedAtEnd(policy, subject)) continue
      const denial = denialOf(policy, subject)
      if (denial === undefined) return []
      by.push(denial)
    }
    return [{ policy, by: by[0] }]
  })
}

/** What to do where a rule goes before whatever allows it. */
const hintFor = ({ policy, rule }: Denial): string =>
  `allow UDP and TCP 53 before egress[${rule}] of ${printResource(policy.resource)} denies it: in a rule above it, or a policy of a lower order`

const remarkOn = ({ policy, by }: CutOff, message: string): Remark => ({
  index: policy.index,
  path,
  message,
  ...(by === undefined ? {} : { hint: hintFor(by) }),
})

export const dnsCutOff: Rule = {
  what: 'A policy allows some ports out, and no policy of the resources lets its pods reach DNS, or none before a rule denies it: they resolve no name.',
  remedy: 'allow UDP and TCP 53 to the DNS of the cluster: allowDns() is a policy that does',
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  report: 'https://github.com/aws/aws-network-policy-agent/issues/230',
  find: (set) => {
    const [byUdp, byTcp] = [udp, tcp].map((protocol) => ({ protocol, port: dns }))
    if (byUdp === undefined || byTcp === undefined) return []
    const meaning = egressOfPods(set).filter(allowsPorts)
    const message =
      'the policy allows some ports, and nothing lets its pods reach port 53: they cannot resolve names'
    return cutOff(set, meaning, [byUdp, byTcp]).map((it) => remarkOn(it, message))
  },
}

/** Where NodeLocal DNSCache listens unless it is told otherwise. */
const localDns = '169.254.20.10'

const hasLocalDns = ({ world }: ResourceSet): boolean =>
  world.pods.some(({ labels }) => labels['k8s-app'] === 'node-local-dns') ||
  (world.manifests.get('DaemonSet') ?? []).some(({ metadata }) => metadata.name === 'node-local-dns')

/** Those of nodes that deny pods all of it before DNAT, where no failsafe port of a node's own traffic helps them. */
const deniedBeforeDNAT = (set: ResourceSet, traffic: ReadonlyArray<Traffic>): ReadonlyArray<Remark> => {
  const questions = traffic.map((it) => denyingRules(set, 'hosts', { direction: 'Ingress', traffic: it }))
  return set.policies.flatMap((policy): ReadonlyArray<Remark> => {
    const subject = policy.phase === 'preDNAT' ? subjectOf(policy, 'hosts') : undefined
    if (subject === undefined || !hasAllInterfaces(policy, set)) return []
    const [first, ...others] = questions.map((ask) => ask(policy, subject))
    if (first === undefined || others.includes(undefined)) return []
    const message = `pods cannot reach DNS at ${localDns}, where NodeLocal DNSCache answers: this is asked of all that they send`
    return [{ index: policy.index, path: ['spec', 'ingress', first], message }]
  })
}

export const linkLocalDnsCutOff: Rule = {
  what: 'A policy lets pods reach DNS elsewhere, and not at the link-local address where NodeLocal DNSCache answers them; or one of nodes with preDNAT denies it.',
  remedy: `allow UDP and TCP 53 to ${localDns}/32, too, and before a Deny of link-local addresses`,
  source: 'felix/rules/endpoints.go, endpointIptablesChain',
  report: 'https://github.com/projectcalico/calico/issues/3795',
  world: 'the pods or the DaemonSet of node-local-dns',
  find: (set) => {
    const address = addressValue(localDns)
    if (!hasLocalDns(set) || address === undefined) return []
    const setNets = networksOfSets(set)
    const toLocal = [udp, tcp].map((protocol) => ({
      protocol,
      port: dns,
      destination: { address, isNobodys: true },
    }))
    const meaning = egressOfPods(set).filter(({ rules }) =>
      rules.some(
        (match) => match.action === 'Allow' && mayMean(match, { protocol: udp, port: dns }, setNets),
      ),
    )
    const message = `the policy lets its pods reach DNS, but not at ${localDns}, where NodeLocal DNSCache answers`
    return [
      ...cutOff(set, meaning, toLocal).map((it) => remarkOn(it, message)),
      ...deniedBeforeDNAT(set, toLocal),
    ]
  },
}
