import type { KubeObject } from '../../../src/cluster/port.js'
import type { Step } from '../calicoctl-world.js'
import { flagged, gnp, np, on, type Scenario } from './scenario.js'

const role = (rules: ReadonlyArray<object>): ReadonlyArray<KubeObject> => [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'limited' }, rules },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'limited' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'limited' },
    subjects: [{ kind: 'User', name: 'limited' }],
  },
]
const can = (
  verbs: ReadonlyArray<string>,
  resources: ReadonlyArray<string>,
  resourceNames?: ReadonlyArray<string>,
) => ({
  apiGroups: ['crd.projectcalico.org'],
  resources,
  verbs,
  ...(resourceNames === undefined ? {} : { resourceNames }),
})
const information = can(['get'], ['clusterinformations'], ['default'])
const as = (step: Step): Step => ({ ...step, user: 'limited' })

export const rights: ReadonlyArray<Scenario> = [
  { name: 'cannot work without reading the version', steps: [as(on('apply', np('a')))] },
  {
    name: 'names the right that is missing',
    options: { objects: role([information]) },
    steps: [as(on('apply', np('a'), gnp('g'))), as(on('delete', np('a'))), as({ args: ['get', 'gnp'] })],
  },
  {
    name: 'does what its rights allow',
    options: {
      objects: role([
        information,
        can(['create'], ['networkpolicies']),
        can(['get', 'update', 'delete'], ['networkpolicies'], ['default.a']),
      ]),
    },
    steps: [
      as(on('apply', np('a'), np('b'))),
      as(on('apply', np('a', { labels: { x: 'y' } }), np('b', { labels: { x: 'y' } }))),
      as(on('delete', np('a'), np('b'))),
    ],
  },
]

export const versions: ReadonlyArray<Scenario> = [
  {
    name: 'works only on a cluster of its own version',
    steps: [
      { ...on('apply', np('a')), version: '3.28.4' },
      { ...flagged(on('apply', np('a')), '--allow-version-mismatch'), version: '3.28.4' },
      { args: ['version'], version: '3.28.4' },
      { args: ['get', 'np', '-A'], version: '3.28.4' },
    ],
  },
  {
    name: 'asks nothing of a cluster without kinds',
    options: { calico: false },
    steps: [on('apply', np('a'), np('b'))],
  },
]
