import * as E from 'fp-ts/lib/Either.js'
import { check } from '../../check/check.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { kindFacts } from '../../model/kind.js'
import { decode, type Kind, type Resource } from '../../model/resource.js'
import { nameOf } from '../state/live-resource.js'

const derivedFrom: Readonly<Partial<Record<Kind, string>>> = {
  Profile: 'Namespace or ServiceAccount',
  Node: 'Node',
  WorkloadEndpoint: 'Pod',
}

const ofResource = (result: E.Either<Invalid, Resource>, name: string): ReadonlyArray<Issue> =>
  E.isLeft(result) ? result.left.issues.map((issue) => ({ ...issue, resource: name })) : []

const label = (value: unknown, index: number): string => {
  const decoded = decode(value)
  return E.isRight(decoded) ? nameOf(decoded.right) : `resource ${index + 1}`
}

const duplicates = (resources: ReadonlyArray<Resource>): ReadonlyArray<Issue> => {
  const seen = new Set<string>()
  return resources.map(nameOf).flatMap((name, index) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const hint = 'calicoctl would let the last one win: rename or drop one'
    return [
      { rule: 'duplicate-resource', path: [index], message: `${name} is given twice`, hint, resource: name },
    ]
  })
}

/** Kubernetes' own objects under another name: nobody can own them through Calico. */
const readOnly = (resources: ReadonlyArray<Resource>): ReadonlyArray<Issue> =>
  resources.flatMap((resource, index) =>
    kindFacts[resource.kind].writable
      ? []
      : [
          {
            rule: 'read-only-kind',
            path: [index, 'kind'],
            message: `a ${resource.kind} cannot be applied`,
            hint: `Calico reads it off Kubernetes' own ${derivedFrom[resource.kind] ?? 'objects'}: change that`,
            source: 'libcalico-go/lib/backend/k8s/resources',
            resource: nameOf(resource),
          },
        ],
  )

/** What the owner said it does not have: cleanup() would not find it. */
const notChosen = (resources: ReadonlyArray<Resource>, kinds: ReadonlyArray<Kind>): ReadonlyArray<Issue> =>
  resources.flatMap((resource, index) =>
    kinds.includes(resource.kind) || !kindFacts[resource.kind].writable
      ? []
      : [
          {
            rule: 'kind-not-chosen',
            path: [index, 'kind'],
            message: `a ${resource.kind} is not among this Runner's kinds`,
            hint: `add it to the option kinds: ${kinds.join(', ')}`,
            resource: nameOf(resource),
          },
        ],
  )

/** All resources, decoded and checked for one version of Calico; or every issue of every one of them. */
export const checkAll = (
  input: ReadonlyArray<unknown>,
  kinds: ReadonlyArray<Kind>,
  calico: string | undefined,
): E.Either<Invalid, ReadonlyArray<Resource>> => {
  const options = calico === undefined ? {} : { calico }
  const results = input.map((value) =>
    E.chain((resource: Resource) => check(resource, options))(decode(value)),
  )
  const issues = results.flatMap((result, index) => ofResource(result, label(input[index], index)))
  const resources = results.flatMap((result) => (E.isRight(result) ? [result.right] : []))
  return unlessIssues(
    [...issues, ...readOnly(resources), ...notChosen(resources, kinds), ...duplicates(resources)],
    resources,
  )
}
