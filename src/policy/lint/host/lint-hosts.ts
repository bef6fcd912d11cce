import type { HostEndpoint } from '../../../model/host/host-endpoint.js'
import type { Resource } from '../../../model/resource.js'
import { printResource } from '../../../model/resource-id.js'
import type { Labels } from '../../../selector/ast.js'
import { autoHostEndpoints } from '../../world/auto-host-endpoints.js'
import { labelsOfHost } from '../../world/known-labels.js'
import type { LintWorld } from '../lint-world.js'

/** A host endpoint all of whose labels are known. */
export interface LintHost {
  readonly name: string
  /** Its place among the resources; none where Calico makes it. */
  readonly index: number | undefined
  readonly labels: Labels
  readonly endpoint: HostEndpoint
}

/** The label of those that Calico makes by itself. */
export const createdBy = 'projectcalico.org/created-by'

const hostOf = (
  endpoint: HostEndpoint,
  index: number | undefined,
  profiles: ReadonlyMap<string, Labels>,
): ReadonlyArray<LintHost> => {
  const { labels, open } = labelsOfHost(
    endpoint.metadata.labels ?? {},
    (endpoint.spec.profiles ?? []).map((name) => profiles.get(name) ?? name),
  )
  return open === undefined ? [{ name: printResource(endpoint), index, labels, endpoint }] : []
}

/** The host endpoints that are given, and those that Calico makes of the nodes. */
export const lintHosts = (
  resources: ReadonlyArray<Resource | undefined>,
  { nodes }: LintWorld,
): ReadonlyArray<LintHost> => {
  const given = resources.filter((it) => it !== undefined)
  const profiles = new Map<string, Labels>([['projectcalico-default-allow', {}]])
  for (const it of given)
    if (it.kind === 'Profile') profiles.set(it.metadata.name, it.spec.labelsToApply ?? {})
  return [
    ...resources.flatMap((it, index) => (it?.kind === 'HostEndpoint' ? hostOf(it, index, profiles) : [])),
    ...autoHostEndpoints(given, nodes.values()).flatMap((it) => hostOf(it, undefined, profiles)),
  ]
}
