import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { inParallel } from '../../async/parallel.js'
import { task } from '../../async/task.js'
import type { ClusterError } from '../../cluster/error.js'
import type { KubeObject } from '../../cluster/port.js'
import { nameOf } from '../../model/resource-id.js'
import { nothingDeleted } from '../delete/deletion.js'
import type { BadOption, RunnerError } from '../error.js'
import { again, bad, interrupted, listed } from '../error.js'
import { writingAccess } from '../permission/access.js'
import { type Batch, inRanks, type Write } from '../plan/batch.js'
import type { ApplyReport, Name } from '../report.js'
import type { RunContext } from '../run-context.js'
import { storageType } from '../state/stored-resource.js'
import type { Execution, Transport } from './transport.js'

const group = 'projectcalico.org'

const notServed: BadOption = {
  _tag: 'BadOption',
  option: 'transport',
  message: 'this cluster does not serve projectcalico.org/v3',
  hint: "install Calico's API server, or leave `transport` out: the pod with calicoctl needs none",
}

/** No custom resource: where it is served, Calico's API server is, which passes all on to where Calico reads. */
const ofApiServer = 'profiles'

/** Somebody has brought the definitions of native mode, and the cluster has not been moved yet. */
const notRead: BadOption = {
  ...notServed,
  message: 'this cluster serves projectcalico.org/v3, but its Calico still reads crd.projectcalico.org/v1',
  hint: 'leave `transport` out until the cluster has been moved to native mode',
}

/** What fails for one item fails for all that come after it. */
const final: ReadonlySet<ClusterError['_tag']> = new Set([
  'Aborted',
  'TimedOut',
  'Unreachable',
  'Unauthenticated',
  'NoKubeconfig',
])

/** What may have been carried out all the same, or may yet be. */
const open: ReadonlySet<ClusterError['_tag']> = new Set(['Unanswered', 'Aborted', 'TimedOut'])

interface Written {
  readonly failures: ReadonlyMap<Name, ClusterError>
  /** What ended it before its time. */
  readonly end: ClusterError | undefined
}

/** Tiers, then what policies refer to, then policies: of each a few at once. Goes on after the failure of one item. */
const write = async ({ cluster, emit, signal }: RunContext, batch: Batch): Promise<Written> => {
  emit({ _tag: 'Started', step: 'write' })
  const failures = new Map<Name, ClusterError>()
  let end: ClusterError | undefined
  const writeOne = async ({ verb, resource }: Write): Promise<void> => {
    if (end !== undefined) return
    const object = resource as object as KubeObject
    const done = await cluster[verb](storageType(resource.kind, group), object, { signal })()
    if (E.isRight(done)) return
    failures.set(nameOf(resource), done.left)
    if (final.has(done.left._tag)) end ??= done.left
  }
  for (const rank of inRanks(batch)) await inParallel(rank, writeOne)
  return { failures, end }
}

const itemsFailed = (report: ApplyReport): RunnerError => {
  const failed = report.items.filter(bad)
  return {
    _tag: 'ItemsFailed',
    message: `${failed.length} of ${report.items.length} failed: ${listed(failed)}`,
    hint: again,
    report,
  }
}

const toExecution = ({ failures, end }: Written): Execution => ({
  ended: true,
  itemErrors: (_verb, failed) =>
    new Map(
      failed.map((name) => {
        const untold = end === undefined ? 'it is not as it was written' : `not tried: ${end.message}`
        return [name, failures.get(name)?.message ?? untold]
      }),
    ),
  unanswered: new Set([...failures].flatMap(([name, { _tag }]) => (open.has(_tag) ? [name] : []))),
  failure: (report) => {
    if (!report.items.some(bad)) return undefined
    return end === undefined ? itemsFailed(report) : interrupted(end, report)
  },
  warnings: [],
})

/**
 * Kubernetes' API itself, where it serves `projectcalico.org/v3`: POST for what is absent, PUT at the version that was
 * read for what is ours. Makes nothing on the cluster but the resources.
 */
export const apiTransport: Transport = (context, { plan }) =>
  task(async (unwrap, fail) => {
    const { cluster, calico } = context
    const served = await cluster.group(group, context)()
    if (E.isLeft(served) && served.left._tag === 'NotFound') return fail(notServed)
    const { version, resources } = await unwrap(served)
    if (version !== 'v3') return fail(notServed)
    if (calico.group !== group && !resources.includes(ofApiServer)) return fail(notRead)
    return {
      // As calicoctl's rights would be there, without what it reads.
      access: writingAccess(plan.batch, { ...calico, group }).filter(
        ({ verb, resource }) => verb !== 'get' || resource === 'tiers',
      ),
      grants: [],
      makes: [],
      refuse: TE.right(undefined),
      execute: async () => toExecution(await write(context, plan.batch)),
      clear: async () => nothingDeleted,
    }
  })
