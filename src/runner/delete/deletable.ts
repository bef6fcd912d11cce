import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { ResourceType } from '../../cluster/port.js'
import { isPolicyKind, tieredKinds } from '../../model/kind.js'
import { networkInterval } from '../../net/cidr.js'
import { encloses } from '../../net/interval.js'
import type { Name } from '../report.js'
import type { CallContext } from '../run-context.js'
import type { LiveResource } from '../state/live-resource.js'
import { storageType } from '../state/stored-resource.js'
import { type SearchResult, unobstructed } from './search-result.js'

const InTier = t.type({ metadata: t.type({ name: t.string }), spec: t.type({ tier: t.string }) })
const Block = t.type({ spec: t.type({ cidr: t.string, allocations: t.array(t.unknown) }) })

/** Another kind, where the cluster keeps this one. */
const beside = ({ group, version }: ResourceType, other: ResourceType): ResourceType => ({
  ...other,
  group,
  version,
})

const blocks: ResourceType = { ...storageType('IPPool'), resource: 'ipamblocks', kind: 'IPAMBlock' }

/** What of a kind matches; or why that cannot be told. A kind that is not served has nothing. */
const anyOf = async <A>(
  context: CallContext,
  type: ResourceType,
  codec: t.Decoder<unknown, A>,
  matches: (object: A) => string | undefined,
): Promise<string | undefined> => {
  const listed = await context.cluster.list(type, { signal: context.signal })()
  if (E.isLeft(listed)) return listed.left._tag === 'NotFound' ? undefined : listed.left.message
  for (const object of listed.right.items) {
    const decoded = codec.decode(object)
    const found = E.isRight(decoded) ? matches(decoded.right) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

const inTier = async (
  context: CallContext,
  type: ResourceType,
  tier: string,
): Promise<string | undefined> => {
  const found = await Promise.all(
    tieredKinds.map((kind) =>
      anyOf(context, beside(type, storageType(kind)), InTier, ({ metadata, spec }) =>
        spec.tier === tier ? `${kind} ${metadata.name} is in it` : undefined,
      ),
    ),
  )
  return found.find((cause) => cause !== undefined)
}

const inside = (cidr: string, pool: string): boolean => {
  const [inner, outer] = [networkInterval(cidr), networkInterval(pool)]
  return inner !== undefined && outer !== undefined && encloses([outer], inner)
}

/** Why a resource of the owner's cannot go although it is the owner's. */
const obstacle = async (
  context: CallContext,
  { ref: { type }, resource }: LiveResource,
): Promise<string | undefined> => {
  if (resource?.kind === 'Tier') return inTier(context, type, resource.metadata.name)
  if (resource?.kind !== 'IPPool') return undefined
  const { cidr } = resource.spec
  return anyOf(context, beside(type, blocks), Block, ({ spec }) =>
    inside(spec.cidr, cidr) && spec.allocations.some((one) => one !== null)
      ? `addresses of its block ${spec.cidr} are in use`
      : undefined,
  )
}

/**
 * Host endpoints first: without its policies, one lets nothing but failsafe ports through. Then policies, and what they refer to;
 * tiers and pools last, when nothing of the owner uses them any more.
 */
const rank = ({ ref: { type } }: LiveResource): number => {
  if (type.kind === 'HostEndpoint') return 0
  if (isPolicyKind(type.kind)) return 1
  return type.kind === 'Tier' || type.kind === 'IPPool' ? 3 : 2
}

/**
 * What of these may be deleted now: one rank after the other, and of tiers and pools only those that nobody uses.
 * calicoctl looks too before it deletes them, and a direct deletion must be no worse. What is stuck holds nothing up.
 */
export const deletable = async (
  context: CallContext,
  resources: ReadonlyArray<LiveResource>,
  failed: ReadonlySet<Name> = new Set(),
): Promise<SearchResult> => {
  const going = resources.filter(({ waitsFor }) => waitsFor !== undefined)
  const open = resources.filter(({ name, waitsFor }) => waitsFor === undefined && !failed.has(name))
  const now = Math.min(...open.map(rank))
  const result = await unobstructed(
    open.filter((it) => rank(it) === now),
    (live) => obstacle(context, live),
  )
  const deferred = open.filter((it) => rank(it) !== now).map(({ name }) => name)
  return { ...result, owned: [...going, ...result.owned], deferred }
}
