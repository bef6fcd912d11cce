import type { Issue } from '../../error.js'
import { isPlain } from '../../model/codec/json.js'
import type { Manifest } from './manifest.js'
import { makesPods } from './workload-template.js'

type Place = ReadonlyArray<string>

/** What stands at a path; `undefined` where there is nothing, as by `null`. */
const at = (value: unknown, path: Place): unknown =>
  path.reduce<unknown>((found, key) => (isPlain(found) ? (found[key] ?? undefined) : undefined), value)

const mapIssues = (manifest: Manifest, path: Place): ReadonlyArray<Issue> => {
  const found = at(manifest, path)
  if (found === undefined || isPlain(found)) return []
  return [
    {
      rule: 'wrong-type',
      path,
      message: 'expected a map of keys and values',
      hint: 'write it as key: value',
    },
  ]
}

/** An API server takes texts alone, and a policy that selects by another value would never meet the pod. */
const labelIssues = (manifest: Manifest, path: Place): ReadonlyArray<Issue> => {
  const labels = at(manifest, path)
  if (!isPlain(labels)) return mapIssues(manifest, path)
  return Object.entries(labels).flatMap(([key, value]) =>
    typeof value === 'string'
      ? []
      : [
          {
            rule: 'wrong-type',
            path: [...path, key],
            message: `the value of a label is a text, and this is ${value === null ? 'null' : `a ${typeof value}`}`,
            hint: 'put it in quotes',
          },
        ],
  )
}

const templateOf = ({ kind }: Manifest): Place =>
  kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template']

/** What is wrong with the fields that are read of an object of Kubernetes. */
export const shapeIssues = (manifest: Manifest): ReadonlyArray<Issue> => {
  const { namespace } = manifest.metadata
  return [
    ...(namespace == null || typeof namespace === 'string'
      ? []
      : [
          {
            rule: 'wrong-type',
            path: ['metadata', 'namespace'],
            message: 'expected a text',
            hint: 'put it in quotes',
          },
        ]),
    ...labelIssues(manifest, ['metadata', 'labels']),
    ...mapIssues(manifest, ['metadata', 'annotations']),
    ...mapIssues(manifest, ['spec']),
    ...mapIssues(manifest, ['status']),
    ...(makesPods(manifest)
      ? [
          ...labelIssues(manifest, [...templateOf(manifest), 'metadata', 'labels']),
          ...mapIssues(manifest, [...templateOf(manifest), 'spec']),
        ]
      : []),
  ]
}

const hasNull = (value: object): boolean => Object.values(value).includes(null)

const withoutNull = <A extends object>(value: A): A =>
  Object.fromEntries(Object.entries(value).filter(([, it]) => it !== null)) as A

/** The same, where `null` is nothing: as it is for an API server. */
export const withoutNulls = (manifest: Manifest): Manifest =>
  hasNull(manifest) || hasNull(manifest.metadata)
    ? { ...withoutNull(manifest), metadata: withoutNull(manifest.metadata) }
    : manifest
