import * as E from 'fp-ts/lib/Either.js'
import type { Invalid } from '../../error.js'
import { type CompiledWorld, insideOf } from '../../policy/compiled-world.js'
import { closes, opens } from '../../policy/connectivity/change-kind.js'
import type { ClassChange } from '../../policy/connectivity/class-changes.js'
import { compareClasses } from '../../policy/connectivity/class-changes.js'
import { thoseThere } from '../../policy/query/removal.js'
import type { Endpoint, Network } from '../../policy/world/flow.js'
import type { Prepared } from '../plan/prepare.js'
import type { ConnectivityEffect, Name, Refusal } from '../report.js'
import { knownForm } from '../state/stored-resource.js'
import { compileSnapshot, type WorldSnapshot } from '../world/world-snapshot.js'
import { manifestsIn } from './cluster-facts.js'
import { stagedChange } from './staged-change.js'

/** Whether some pod has an address of IPv6. */
const hasIPv6 = ({ world }: WorldSnapshot): boolean =>
  manifestsIn(world.pods).some(({ status = {} }) =>
    manifestsIn(status.podIPs).some((it) => String(Object(it).ip).includes(':')),
  )

/** Whom pods talk to beside pods. */
const others = (snapshot: WorldSnapshot): Readonly<Record<string, Endpoint | Network>> => ({
  ...Object.fromEntries(
    manifestsIn(snapshot.world.nodes).map(({ metadata: { name } }) => [
      `node ${name}`,
      { _tag: 'Node', name },
    ]),
  ),
  'any address': { _tag: 'Network', nets: ['0.0.0.0/0', ...(hasIPv6(snapshot) ? ['::/0'] : [])] },
})

const namesIn = ({ to }: ClassChange): ReadonlyArray<string> => to.map(({ name }) => name)

/** The services that have one of these pods behind them. */
const servicesOf = ({ world }: WorldSnapshot, pods: ReadonlySet<string>): ReadonlyArray<string> => {
  const found = new Set<string>()
  for (const slice of manifestsIn(world.endpointSlices)) {
    const { namespace = '', labels = {} } = slice.metadata
    const { endpoints } = slice as { readonly endpoints?: unknown }
    const isBehind = manifestsIn(endpoints).some((endpoint) => {
      const { targetRef } = Object(endpoint)
      return targetRef?.kind === 'Pod' && pods.has(`${targetRef.namespace ?? namespace}/${targetRef.name}`)
    })
    const service = labels['kubernetes.io/service-name']
    if (isBehind && service !== undefined) found.add(`${namespace}/${service}`)
  }
  return [...found].sort()
}

const kindOf = (change: ClassChange): ReadonlyArray<Refusal> => [
  ...(opens(change) ? (['opens'] as const) : []),
  ...(closes(change) ? (['closes'] as const) : []),
  ...(change.after === 'unknown' ? (['unknown'] as const) : []),
]

/** Kinds that say nothing about what gets through. */
const withoutSay: ReadonlySet<string> = new Set(['IPPool', 'BGPConfiguration', 'Service'])

/** What is to be refused of what there is. Where something with a say could not be read, it may be any of it. */
const refusedOf = (
  refuse: ReadonlyArray<Refusal>,
  { changes, unread }: Pick<ConnectivityEffect, 'changes' | 'unread'>,
): ReadonlyArray<Refusal> => {
  const isBlind = unread.some(({ kind }) => !withoutSay.has(kind))
  const done = new Set(changes.flatMap(kindOf))
  return isBlind ? refuse : refuse.filter((it) => done.has(it))
}

/** A world, before and after. */
export interface WorldPair {
  readonly before: CompiledWorld
  readonly after: CompiledWorld
}

/** The world as it is, and as the plan leaves it. */
export const worldPair = (
  snapshot: WorldSnapshot,
  { plan }: Pick<Prepared, 'plan'>,
): E.Either<Invalid, WorldPair> =>
  E.chain((before: CompiledWorld) =>
    E.map((after: CompiledWorld): WorldPair => ({ before, after }))(
      before.with({
        put: [...plan.batch.create, ...plan.batch.replace].map(knownForm),
        remove: thoseThere(
          insideOf(before),
          plan.remove.map(({ id }): Name => id),
        ),
      }),
    ),
  )(compileSnapshot(snapshot))

/** What the plan opens and closes. */
export const connectivityEffect = (
  snapshot: WorldSnapshot,
  { before, after }: WorldPair,
  { plan }: Pick<Prepared, 'plan'>,
  refuse: ReadonlyArray<Refusal>,
): E.Either<Invalid, ConnectivityEffect> => {
  const more = others(snapshot)
  const planned = after.connectivity(more)
  const changes = compareClasses(before.connectivity(more), planned)
  const { unread } = snapshot
  const effect: ConnectivityEffect = {
    changes,
    services: servicesOf(snapshot, new Set(changes.flatMap(namesIn))),
    unread,
    refused: refusedOf(refuse, { changes, unread }),
  }
  const staged = stagedChange([...plan.batch.create, ...plan.batch.replace])
  return staged.put.length + staged.remove.length === 0
    ? E.right(effect)
    : E.map(
        (enforced: CompiledWorld): ConnectivityEffect => ({
          ...effect,
          staged: compareClasses(planned, enforced.connectivity(more)),
        }),
      )(after.with({ put: staged.put, remove: thoseThere(insideOf(after), staged.remove) }))
}
