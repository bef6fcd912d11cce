import type { Either } from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { isPatchedKind, patchAnnotation, patchedKinds } from '../../model/patch.js'
import type { Resource } from '../../model/resource.js'
import { nameOf } from '../../model/resource-id.js'
import { wantedFields } from '../state/patched-spec.js'

const annotationPath = ['metadata', 'annotations', patchAnnotation]

const issuesOf = (resource: Resource): ReadonlyArray<Issue> => {
  const { labels = {}, annotations = {} } = resource.metadata
  const { [patchAnnotation]: said, ...others } = annotations
  if (said === undefined) return []
  const of = { rule: 'patch', resource: nameOf(resource) }
  if (said !== 'true')
    return [
      {
        ...of,
        path: annotationPath,
        message: `the annotation is ${JSON.stringify(said)}`,
        hint: 'write "true" to set these fields alone, or remove it to apply the whole',
      },
    ]
  if (!isPatchedKind(resource.kind))
    return [
      {
        ...of,
        path: ['kind'],
        message: `fields of a ${resource.kind} cannot be set by themselves`,
        hint: `that goes for ${patchedKinds.join(', ')}; remove the annotation to apply the whole`,
      },
    ]
  const [mark] = [...Object.keys(labels), ...Object.keys(others)]
  if (mark !== undefined)
    return [
      {
        ...of,
        path: ['metadata', mark in labels ? 'labels' : 'annotations', mark],
        message: 'a patch sets fields of the spec, and no labels or annotations',
        hint: 'remove it',
      },
    ]
  return wantedFields(resource).length === 0
    ? [
        {
          ...of,
          path: ['spec'],
          message: 'no field is named',
          hint: 'name the fields to set, or remove the patch',
        },
      ]
    : []
}

/** Refuses what says that it is fields to set, and cannot be. */
export const checkPatches = (resources: ReadonlyArray<Resource>): Either<Invalid, ReadonlyArray<Resource>> =>
  unlessIssues(resources.flatMap(issuesOf), resources)
