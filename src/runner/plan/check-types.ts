import type { Either } from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import type { RunContext } from '../run-context.js'

const fields = ['types', 'policyTypes'] as const

const issuesOf = (resource: Resource): ReadonlyArray<Issue> => {
  const spec: Readonly<Record<string, unknown>> = { ...resource.spec }
  return fields.flatMap((field) => {
    const types = spec[field]
    if (!Array.isArray(types) || types.length > 0) return []
    return [
      {
        rule: 'types-empty',
        path: ['spec', field],
        message: `${field} is empty, which a cluster in native mode refuses`,
        hint: `list Ingress, Egress or both; or leave ${field} out, to have them by the rules`,
        source: 'api/config/crd, minItems',
        resource: nameOf(resource),
      },
    ]
  })
}

/**
 * Refuses an empty list of types where the API server would: in native mode it derives types from which lists of rules
 * are there, so that an empty list says nothing certain. calicoctl fills it in, and where it writes it may stay.
 */
export const checkTypes = (
  { calico, settings }: RunContext,
  resources: ReadonlyArray<Resource>,
): Either<Invalid, void> => {
  const isSentAsItIs = settings.transport === 'api' && calico.group === 'projectcalico.org'
  return unlessIssues(isSentAsItIs ? resources.flatMap(issuesOf) : [], undefined)
}
