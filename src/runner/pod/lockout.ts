import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import { namespaces } from '../../cluster/resource-types.js'
import { isEnforced } from '../../model/kind.js'
import type { Kind, Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import type { Reason } from '../../policy/evaluate/reason.js'
import { verdict } from '../../policy/evaluate/verdict.js'
import type { Workload } from '../../policy/world/flow.js'
import type { Lockout, RunnerError } from '../error.js'
import { type ApiServer, apiServers } from '../plan/api-server-exemption.js'
import { sizeOf } from '../plan/batch.js'
import type { Prepared } from '../plan/prepare.js'
import type { CallContext, RunContext } from '../run-context.js'
import { readLive } from '../state/live-resource.js'
import { storedKindsOf } from '../state/stored-resource.js'
import { jobLabels, podLabels } from './pod-labels.js'

/** What may decide over the Runner's pod. */
const decisive: ReadonlySet<Kind> = new Set<Kind>([
  'GlobalNetworkPolicy',
  'NetworkPolicy',
  'Tier',
  'GlobalNetworkSet',
  'NetworkSet',
])

/** The pod of a run, as policies see it. */
const runnerPod = async (context: CallContext, namespace: string, indexed: boolean): Promise<Workload> => {
  const found = await context.cluster.get({ type: namespaces, name: namespace }, context)()
  return {
    _tag: 'Workload',
    namespace,
    labels: { ...jobLabels(indexed), ...podLabels({ ...context.settings, namespace, run: 'unknown' }) },
    ...(E.isRight(found) ? { namespaceLabels: found.right.metadata.labels ?? {} } : {}),
  }
}

const deciding = (
  resources: ReadonlyArray<Resource>,
  pod: Workload,
  servers: ReadonlyArray<ApiServer>,
): Reason | undefined => {
  const verdicts = servers.map(({ ip, port }) =>
    verdict(resources, { from: pod, to: { _tag: 'Address', ip }, protocol: 'TCP', port }),
  )
  // One way through is enough.
  if (verdicts.length === 0 || verdicts.some(({ decision }) => decision !== 'denied')) return undefined
  return verdicts[0]?.reasons.at(-1)
}

const lockout = (reason: Reason, resources: ReadonlyArray<Resource>, already: boolean): Lockout => {
  const selecting = resources.filter((it) => isEnforced(it.kind)).map(nameOf)
  const rule =
    reason.policy === undefined
      ? `the end of tier "${reason.tier}", which denies what no rule allows`
      : `${reason.policy}, egress rule ${reason.rule}`
  return {
    _tag: 'Lockout',
    message: `${already ? 'the policies on the cluster cut' : 'these policies would cut'} the Runner's own pod off from the API server: ${rule}`,
    hint: "exclude the Runner with the selector !has(typed-calico.projectcalico.org/run), or pass lockout: 'exempt' to let it through, lockout: 'ignore' to go on, or pod: { hostNetwork: true }",
    policies: reason.policy === undefined ? selecting : [reason.policy],
  }
}

/**
 * Refuses what would provably lock the Runner's own pods out, and says so when they are locked out already: a pod
 * would then only run into its deadline. What cannot be read, or hangs on what is not known, proves nothing.
 */
export const refuseLockout = (
  context: RunContext,
  namespace: string,
  { wanted, plan }: Pick<Prepared, 'wanted' | 'plan'>,
): TaskEither<RunnerError, void> =>
  task(async (_unwrap, fail) => {
    const { cluster, settings, calico } = context
    if (settings.pod.hostNetwork === true) return
    const indexed = sizeOf(plan.batch) > settings.partSize
    const kinds = storedKindsOf(calico.version).filter((kind) => decisive.has(kind))
    const [servers, pod, read] = await Promise.all([
      apiServers(cluster, context),
      runnerPod(context, namespace, indexed),
      readLive(context, { kinds })(),
    ])
    if (E.isLeft(read)) return
    const present = [...read.right.values()].flatMap(({ resource }) => resource ?? [])
    const now = deciding(present, pod, servers)
    if (now !== undefined) return fail(lockout(now, present, true))
    const names = new Set(wanted.map(nameOf))
    const after = [...present.filter((resource) => !names.has(nameOf(resource))), ...wanted]
    const then = deciding(after, pod, servers)
    if (then !== undefined) return fail(lockout(then, wanted, false))
  })
