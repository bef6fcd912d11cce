/**
 * Building the policies of `work.ts` with the builder, from matches and metadata that lie ready, beside writing them
 * as object literals.
 *
 *     npx tsx test/bench/build.ts [--json | --markdown] [--quick]
 */
import { isDeepStrictEqual } from 'node:util'
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import type { EgressMatch, IngressMatch } from '../../src/build/match.js'
import { networkPolicy } from '../../src/build/network-policy.js'
import { growth, race } from './measure.js'
import { report } from './report.js'
import { policy } from './work.js'

const count = 1000

/** A policy of `work.ts`, as far as its parts are arguments of the builder. */
interface Work {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly labels: Readonly<Record<string, string>>
    readonly annotations: Readonly<Record<string, string>>
  }
  readonly spec: {
    readonly order: number
    readonly selector: string
    readonly namespaceSelector: string
    readonly ingress: readonly [IngressMatch & Acting, IngressMatch & Acting]
    readonly egress: readonly [EgressMatch & Acting, EgressMatch & Acting]
  }
}

interface Acting {
  readonly action: string
}

const matched = <M extends Acting>({ action: _, ...match }: M) => match

const prepared = (i: number) => {
  const { kind, metadata, spec } = policy(i) as unknown as Work
  const [allowIn, denyIn] = spec.ingress
  const [allowOut, logOut] = spec.egress
  return {
    kind,
    metadata,
    spec,
    allowIn: matched(allowIn) as IngressMatch,
    denyIn: matched(denyIn) as IngressMatch,
    allowOut: matched(allowOut) as EgressMatch,
    logOut: matched(logOut) as EgressMatch,
  }
}

const namespaced = ({ metadata, spec, allowIn, denyIn, allowOut, logOut }: ReturnType<typeof prepared>) =>
  networkPolicy(metadata.name, metadata.namespace)
    .labels(metadata.labels)
    .annotations(metadata.annotations)
    .order(spec.order)
    .selector(spec.selector)
    .allowIngress(allowIn)
    .denyIngress(denyIn)
    .allowEgress(allowOut)
    .logEgress(logOut)

const global = ({ metadata, spec, allowIn, denyIn, allowOut, logOut }: ReturnType<typeof prepared>) =>
  globalNetworkPolicy(metadata.name)
    .labels(metadata.labels)
    .annotations(metadata.annotations)
    .order(spec.order)
    .selector(spec.selector)
    .namespaceSelector(spec.namespaceSelector)
    .allowIngress(allowIn)
    .denyIngress(denyIn)
    .allowEgress(allowOut)
    .logEgress(logOut)

const works = Array.from({ length: count }, (_, i) => prepared(i))
const build = (work: ReturnType<typeof prepared>) =>
  work.kind === 'NetworkPolicy' ? namespaced(work) : global(work)

for (const [i, work] of works.entries()) {
  if (!isDeepStrictEqual({ ...build(work) }, policy(i))) throw new Error(`policy ${i} is built otherwise`)
}

const figures = race(count, [
  { name: 'typed-calico builder', run: () => works.map(build) },
  { name: 'object literals', run: () => works.map((_, i) => policy(i)) },
])

report({
  row: 'build with the builder',
  figures,
  growth: growth((items) => {
    const more = Array.from({ length: items }, (_, i) => prepared(i))
    return () => more.map(build)
  }),
  targets: [{ what: 'policies per second', reach: 200_000, here: figures[0]?.perSecond ?? Number.NaN }],
})
