import fc from 'fast-check'
import { from, type Pool, rarely } from './pool.js'
import * as values from './values.js'

const key = from(values.labelKey).map(String)
const annotations = fc.dictionary(key, from(values.text), { maxKeys: 2 })

/** Fields that a manifest read back from a cluster has. */
const left = rarely(
  fc.constantFrom(
    { creationTimestamp: null },
    { creationTimestamp: '2024-01-01T00:00:00Z', uid: 'a-b' },
    { creationTimestamp: '2024-01-01' },
    { resourceVersion: '1' },
    { resourceVersion: '' },
    { generateName: 'a-' },
    { finalizers: ['a'], selfLink: '/a', generation: 1 },
    { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b' }] },
    { managedFields: [] },
    { deletionGracePeriodSeconds: 1.5 },
  ),
)

export const metadata = (namespaced: boolean, names: Pool): fc.Arbitrary<object> =>
  fc
    .record({
      name: from(names),
      namespace: namespaced
        ? fc.option(from(values.namespace), { nil: undefined })
        : rarely(rarely(from(values.namespace))),
      labels: rarely(fc.dictionary(key, from(values.labelValue), { maxKeys: 3 })),
      annotations: rarely(annotations),
      left,
    })
    .map(({ left, ...fields }) => ({ ...defined(fields), ...left }))

/** Without the keys that are absent. */
export const defined = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
