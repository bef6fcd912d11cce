import type { NetworkPolicy } from '../../model/policy/network-policy.js'
import type { Rule } from '../../model/policy/rule.js'
import type { StagedNetworkPolicy } from '../../model/staged/staged-network-policy.js'
import { systemNamespaces } from '../../model/system-namespaces.js'
import { type CompiledWorld, insideOf } from '../compiled-world.js'
import { type NamedEnd, type NamedWorkload, nameEnd } from './peer-terms.js'
import { endsIn } from './recorded-ends.js'
import { printFlow, type RecordedFlow, tally } from './recorded-flow.js'
import { type Seen, suggestedRules } from './suggested-rules.js'
import { nameOfIdentity, selectorOfIdentity } from './workload-identity.js'

/** What the log leaves open. */
export interface OpenQuestion {
  readonly question: string
  /** The flow that raises it; where no policy lets it through, it is `left out`. */
  readonly flow: RecordedFlow
  readonly leftOut: boolean
}

/** What `suggest` makes of a flow log. */
export interface Suggestion {
  /** One for each workload that was seen, by namespace and name. Go on from them with `edit`. */
  readonly policies: ReadonlyArray<NetworkPolicy | StagedNetworkPolicy>
  readonly questions: ReadonlyArray<OpenQuestion>
}

/** For which workloads policies are suggested, and whether they are staged. */
export interface SuggestOptions {
  /** Whether they only try themselves out at first: `true` unless it is said otherwise. */
  readonly staged?: boolean
  /** The namespaces to write policies for: all but `systemNamespaces` unless some are named. */
  readonly namespaces?: ReadonlyArray<string>
}

/** Where a policy that lacks something breaks the cluster: none is suggested for them. */
const untouched: ReadonlySet<string> = new Set(systemNamespaces)

/** What is seen of a workload. */
interface Drawn extends NamedWorkload {
  readonly Ingress: Array<Seen>
  readonly Egress: Array<Seen>
}

const dnsTerm = { _tag: 'Labels', namespace: 'kube-system', selector: "k8s-app == 'kube-dns'" } as const

/** Without it, nothing finds anything, and logs may not have it. */
const dns: ReadonlyArray<Seen> = [
  { term: dnsTerm, protocol: 'UDP', port: 53 },
  { term: dnsTerm, protocol: 'TCP', port: 53 },
]

const keyOf = ({ namespace, identity }: NamedWorkload): string =>
  `${namespace} ${selectorOfIdentity(identity)}`

/** A name that no other policy of the namespace has. */
const namer = (): ((workload: NamedWorkload) => string) => {
  const taken = new Set<string>()
  return ({ namespace, identity }) => {
    const base = nameOfIdentity(identity)
    let name = base
    for (let next = 2; taken.has(`${namespace}/${name}`); next++) name = `${base}-${next}`
    taken.add(`${namespace}/${name}`)
    return name
  }
}

const policyOf = (workload: Drawn, name: string, staged: boolean): NetworkPolicy | StagedNetworkPolicy => {
  const { namespace, identity } = workload
  const rules = (direction: 'Ingress' | 'Egress'): ReadonlyArray<Rule> =>
    suggestedRules(direction, workload[direction], namespace)
  const ingress = rules('Ingress')
  const common = { apiVersion: 'projectcalico.org/v3', metadata: { name, namespace } } as const
  const spec = {
    selector: selectorOfIdentity(identity),
    types: ['Ingress', 'Egress'],
    ...(ingress.length === 0 ? {} : { ingress }),
    egress: rules('Egress'),
  } as const
  return staged
    ? { ...common, kind: 'StagedNetworkPolicy', spec: { stagedAction: 'Set', ...spec } }
    : { ...common, kind: 'NetworkPolicy', spec }
}

/**
 * The smallest readable policies that let through what a log saw: one for each workload, which names others by their labels,
 * network sets and services, and has DNS in any case. Flows that were denied are none of it. What cannot be named is an open
 * question. They are staged unless you say otherwise; enforced, they let through every flow that is not left out.
 *
 * @example
 * const pod = (app: string) => ({ _tag: 'Workload', namespace: 'shop', name: app, labels: { app } }) as const
 * const world = orThrow(compile({ pods: [pod('web'), pod('api')] }))
 * const end = (name: string) => ({ _tag: 'Pods', namespace: 'shop', name }) as const
 * const flow = { from: end('web'), to: end('api'), protocol: 'TCP', port: 8080, count: 1 } as const
 * suggest([flow], world).policies.map(({ metadata }) => metadata.name) // => ['api', 'web']
 */
export const suggest = (
  flows: Iterable<RecordedFlow>,
  world: CompiledWorld,
  { staged = true, namespaces }: SuggestOptions = {},
): Suggestion => {
  const inside = insideOf(world)
  const ends = endsIn(inside)
  const drawn = new Map<string, Drawn>()
  const questions = new Map<string, OpenQuestion>()
  const isWanted = ({ namespace }: NamedWorkload): boolean =>
    namespaces === undefined ? !untouched.has(namespace) : namespaces.includes(namespace)
  const drawnOf = (workload: NamedWorkload): Drawn => {
    const key = keyOf(workload)
    const there = drawn.get(key) ?? { ...workload, Ingress: [], Egress: [...dns] }
    drawn.set(key, there)
    return there
  }
  const ask = (flow: RecordedFlow, end: NamedEnd): void => {
    for (const question of end.questions) {
      const there = questions.get(question)
      const leftOut = end.terms.length === 0
      if (there === undefined) questions.set(question, { question, flow, leftOut })
    }
  }
  for (const flow of tally(flows)) {
    if (flow.verdict === 'denied') continue
    const from = nameEnd(inside, flow.from, ends(flow.from), {})
    const to = nameEnd(inside, flow.to, ends(flow.to, flow.service), flow)
    const [sources, destinations] = [from.workloads.filter(isWanted), to.workloads.filter(isWanted)]
    if (sources.length + destinations.length === 0 && from.questions.length + to.questions.length === 0)
      continue
    if (from.workloads.length > 0 || to.workloads.length > 0) {
      if (destinations.length > 0 || from.workloads.length === 0) ask(flow, from)
      if (sources.length > 0 || to.workloads.length === 0) ask(flow, to)
    }
    const { protocol, port } = flow
    for (const source of sources)
      for (const term of to.terms) drawnOf(source).Egress.push({ term, protocol, port })
    for (const destination of destinations)
      for (const term of from.terms) drawnOf(destination).Ingress.push({ term, protocol, port })
  }
  const nameOf = namer()
  const policies = [...drawn]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, workload]) => policyOf(workload, nameOf(workload), staged))
  return { policies, questions: [...questions.values()] }
}

/**
 * An open question in words, with the flow that raises it.
 *
 * @example
 * const to = { _tag: 'Pods', namespace: 'shop', name: 'db' } as const
 * const flow = { from: { _tag: 'Address', ip: '192.0.2.7' }, to, protocol: 'TCP', port: 5432, count: 1 } as const
 * printQuestion({ question: 'who is it?', flow, leftOut: false }) // => 'who is it? (192.0.2.7 → shop/db: TCP 5432)'
 */
export const printQuestion = ({ question, flow, leftOut }: OpenQuestion): string =>
  `${question} (${printFlow(flow)}${leftOut ? ', which no policy lets through' : ''})`
