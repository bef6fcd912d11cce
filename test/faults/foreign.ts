import type { KubeObject } from '../../src/cluster/port.js'
import { ownerLabels, runLabel } from '../../src/runner/state/owner-labels.js'

/** A pod that no node takes. */
const idlePod = (run: string) => ({
  restartPolicy: 'Never',
  serviceAccountName: `typed-calico-${run}-label`,
  nodeSelector: { nowhere: 'true' },
  containers: [{ name: 'create', image: 'docker.io/calico/ctl:v3.28.5' }],
})

type Base = readonly [apiVersion: string, kind: string, namespaced: boolean, rest: object]

const baseFor = (run: string): ReadonlyArray<Base> => [
  ['crd.projectcalico.org/v1', 'NetworkPolicy', true, { spec: { selector: 'all()', types: ['Ingress'] } }],
  ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', false, { spec: { selector: "a == 'b'" } }],
  ['crd.projectcalico.org/v1', 'GlobalNetworkSet', false, { spec: { nets: ['192.0.2.0/24'] } }],
  ['v1', 'ConfigMap', true, { data: { a: 'b' } }],
  ['v1', 'ServiceAccount', true, {}],
  ['rbac.authorization.k8s.io/v1', 'Role', true, { rules: [] }],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', false, { rules: [] }],
  ['coordination.k8s.io/v1', 'Lease', true, { spec: { holderIdentity: 'someone' } }],
  ['batch/v1', 'Job', true, { spec: { suspend: true, template: { spec: idlePod(run) } } }],
  ['v1', 'Pod', true, { spec: idlePod(run) }],
  ['v1', 'Namespace', false, {}],
]

/** Metadata that resembles what is the owner's, and is not. */
const disguises = (owner: string, kind: string, namespace: string | undefined, run: string) => {
  const place = namespace === undefined ? {} : { namespace }
  const own = (name: string) => ownerLabels(owner, { kind, name, ...place })
  const name = (tail: string): string => `typed-calico-${run}-${tail}`
  const other = own(name('original'))
  const storedPrefix = kind.endsWith('Policy') ? 'default.' : ''
  return [
    // The owner's label and nothing else.
    { name: name('label'), labels: other.labels },
    { name: name('run'), labels: { ...other.labels, [runLabel]: run } },
    // Copied whole from another object: by `kubectl get -o yaml | sed`, or by a controller.
    { name: name('copy'), ...other },
    { name: `${storedPrefix}web-${run.slice(0, 1)}`, ...own('web') },
    // The annotation only.
    { name: name('note'), annotations: own(name('note')).annotations },
    // Ids that were cut off, or go on.
    { name: name('short'), ...ownerLabels(owner.slice(0, -1), { kind, name: name('short'), ...place }) },
    { name: name('long'), ...ownerLabels(`${owner}-b`, { kind, name: name('long'), ...place }) },
    {
      name: name('mixed'),
      labels: own('x').labels,
      annotations: ownerLabels(`${owner}-b`, { kind, name: name('mixed'), ...place }).annotations,
    },
    // The right name, of another kind, and in another place.
    {
      name: name('kind'),
      labels: own('x').labels,
      annotations: ownerLabels(owner, { kind: 'Other', name: name('kind') }).annotations,
    },
    {
      name: name('place'),
      labels: own('x').labels,
      annotations: ownerLabels(owner, { kind, name: name('place'), namespace: 'elsewhere' }).annotations,
    },
    {
      name: name('case'),
      labels: own('x').labels,
      annotations: ownerLabels(owner.toUpperCase(), { kind, name: name('case'), ...place }).annotations,
    },
  ]
}

/** 200 and some objects that others own, dressed as this owner's, in these namespaces. The letter tells those of several owners apart. */
export const lookAlikes = (
  owner: string,
  namespaces: readonly [string, string],
  letter = 'a',
): ReadonlyArray<KubeObject> => {
  const run = letter.repeat(26)
  return baseFor(run).flatMap(([apiVersion, kind, namespaced, rest]) =>
    (namespaced ? namespaces : [undefined]).flatMap((namespace) =>
      disguises(owner, kind, namespace, run).map(
        (metadata): KubeObject => ({
          apiVersion,
          kind,
          metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) },
          ...rest,
        }),
      ),
    ),
  )
}
