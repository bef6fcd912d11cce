import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import { type Finding, hostLintRules, lint } from '../../policy/lint/lint.js'
import type { World } from '../../policy/world/world.js'
import type { Prepared } from '../plan/prepare.js'
import type { PlanFinding } from '../report.js'
import type { WorldSnapshot } from '../world/world-snapshot.js'
import { manifestsIn } from './cluster-facts.js'

/** What is there beside what the plan writes: the cluster where it was read, else what was read to compare. */
const around = ({ plan, live }: Prepared, wanted: ReadonlySet<string>, read: World | undefined): World => {
  // Where fields are put back that no resource of the input names any more.
  const putBack = plan.batch.replace.filter((it) => !wanted.has(nameOf(it)))
  const gone = new Set([...wanted, ...putBack.map(nameOf), ...plan.remove.map(({ id }) => id)])
  if (read === undefined)
    return {
      resources: [
        ...putBack,
        ...[...live.values()].flatMap(({ id, resource }) =>
          resource === undefined || gone.has(id) ? [] : [resource],
        ),
      ],
    }
  const resources = manifestsIn(read.resources).filter(({ kind, metadata: { namespace, name } }) => {
    const place = namespace === undefined ? name : `${namespace}/${name}`
    return !gone.has(`${kind}(${place})`)
  })
  return { ...read, resources: [...putBack, ...resources] }
}

const withoutPlace = ({ index: _, ...finding }: Finding): PlanFinding => finding

/** Policies of one namespace meet hosts only in what else is on the cluster. */
const isOfHosts = ({ kind }: Resource): boolean => kind !== 'NetworkPolicy' && kind !== 'NetworkSet'

/** What lint says of hosts about the plan's resources. Reads nothing more, and proves nothing by what was not read. */
export const hostFindings = (prepared: Prepared, snapshot?: WorldSnapshot): ReadonlyArray<PlanFinding> => {
  const { wanted } = prepared
  if (snapshot === undefined && !wanted.some(isOfHosts)) return []
  const world = around(prepared, new Set(wanted.map(nameOf)), snapshot?.world)
  return lint(wanted, { world, only: hostLintRules }).map(withoutPlace)
}
