import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { Cluster, KubeObject } from '../../cluster/port.js'
import { services } from '../../cluster/resource-types.js'
import { isEnforced, type Kind } from '../../model/kind.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import type { Lockout, RunnerError } from '../error.js'
import type { Prepared } from '../plan/prepare.js'
import type { RunContext } from '../run-context.js'
import { storageType } from '../state/stored-resource.js'
import { worldFrom } from '../world/world-from.js'
import type { WorldSnapshot } from '../world/world-snapshot.js'
import { clusterFacts, manifestsIn } from './cluster-facts.js'
import { worldPair } from './connectivity-effect.js'
import { dnsServices, type FailClosedWebhook, needsOf } from './needs.js'
import { cutsOf, nodeLockout } from './node-lockout.js'
import { sshNeeds } from './ssh-need.js'
import { failClosedWebhooks } from './webhooks.js'

/** What may decide over nodes, or over pods of all namespaces. */
const decisive: ReadonlySet<string> = new Set<Kind>([
  'GlobalNetworkPolicy',
  'NetworkPolicy',
  'Tier',
  'GlobalNetworkSet',
  'NetworkSet',
  'HostEndpoint',
  'FelixConfiguration',
  'KubeControllersConfiguration',
])

const isThere = async (
  { cluster, calico, signal }: RunContext,
  kind: Kind,
  counts: (spec: unknown) => boolean,
): Promise<boolean> => {
  const listed = await cluster.list(storageType(kind, calico.group), { signal })()
  return E.isRight(listed) && listed.right.items.some(({ spec }) => counts(spec))
}

/** Whether kube-controllers makes a host endpoint of each node. */
const makesHostEndpoints = (spec: unknown): boolean =>
  Object(Object(Object(Object(spec).controllers).node).hostEndpoint).autoCreate === 'Enabled'

const hasDNS = async (cluster: Cluster, signal: AbortSignal): Promise<boolean> => {
  const looked = dnsServices.map(([namespace, name]) =>
    cluster.get({ type: services, namespace, name }, { signal })(),
  )
  return (await Promise.all(looked)).some(E.isRight)
}

const dnsNamespaces: ReadonlySet<string> = new Set(dnsServices.map(([namespace]) => namespace))

/** Who may be cut off, so that the whole is worth reading. */
interface Concerned {
  readonly hosts: boolean
  readonly dns: boolean
  readonly webhooks: ReadonlyArray<FailClosedWebhook>
}

type Changed = Resource | KubeObject

/** Kinds that say nothing about hosts, nor about pods of other namespaces. */
const namespaced: ReadonlySet<string> = new Set<Kind>(['NetworkPolicy', 'NetworkSet'])

/** Whether there are any hosts, names or webhooks that what changes could be in the way of. */
const concernedBy = async (
  context: RunContext,
  written: ReadonlyArray<Resource>,
  changed: ReadonlyArray<Changed>,
): Promise<Concerned> => {
  const { cluster, signal } = context
  const isOfHosts = written.some(
    ({ kind }) => kind === 'HostEndpoint' || kind === 'KubeControllersConfiguration',
  )
  const mayBeOfHosts = changed.some(({ kind }) => !namespaced.has(kind))
  const mayBeOfDNS =
    mayBeOfHosts || changed.some(({ metadata }) => dnsNamespaces.has(metadata.namespace ?? 'default'))
  const [endpoints, controllers, dns, webhooks] = await Promise.all([
    isOfHosts || (mayBeOfHosts && isThere(context, 'HostEndpoint', () => true)),
    isOfHosts || (mayBeOfHosts && isThere(context, 'KubeControllersConfiguration', makesHostEndpoints)),
    mayBeOfDNS && hasDNS(cluster, signal),
    failClosedWebhooks(context),
  ])
  return { hosts: endpoints || controllers, dns, webhooks }
}

const podNames = ({ world }: WorldSnapshot): ReadonlyArray<string> =>
  manifestsIn(world.pods)
    .filter(({ spec = {} }) => spec.hostNetwork !== true)
    .map(({ metadata: { namespace, name } }) => `${namespace}/${name}`)

/**
 * Whether the plan would provably cut nodes off from the API server and from each other, the API server from kubelets and from
 * webhooks that fail closed, every pod from DNS, or people from SSH. What cannot be read, or is not known, proves nothing.
 */
export const findNodeLockout = (
  context: RunContext,
  prepared: Prepared,
  snapshot?: WorldSnapshot,
): TaskEither<RunnerError, Lockout | undefined> =>
  task(async () => {
    const { plan, wanted } = prepared
    const written = [...plan.batch.create, ...plan.batch.replace]
    const changed = [...written, ...plan.remove.map(({ object }) => object)]
    if (!context.settings.guardsNodes || !changed.some(({ kind }) => decisive.has(kind))) return undefined
    const concerned = await concernedBy(context, written, changed)
    if (!concerned.hosts && !concerned.dns && concerned.webhooks.length === 0) return undefined
    const { cluster, signal, settings } = context
    const read: E.Either<unknown, WorldSnapshot> =
      snapshot === undefined
        ? await worldFrom(cluster, { signal, timeoutMs: settings.timeoutMs })()
        : E.right(snapshot)
    if (E.isLeft(read)) return undefined
    const pair = worldPair(read.right, prepared)
    if (E.isLeft(pair)) return undefined
    const facts = clusterFacts(read.right)
    const needs = [
      ...needsOf(facts, concerned.dns ? podNames(read.right) : [], concerned.webhooks),
      ...sshNeeds(facts, written),
    ]
    return nodeLockout(cutsOf(pair.right, needs), wanted.filter((it) => isEnforced(it.kind)).map(nameOf))
  })
