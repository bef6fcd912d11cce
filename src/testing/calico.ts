import type { KubeObject } from '../cluster/port.js'
import { type KindFacts, kindFacts } from '../model/kind.js'

const group = 'crd.projectcalico.org'

/** Kinds that calicoctl reads or that Calico keeps for itself. */
const others: Readonly<Record<string, Pick<KindFacts, 'plural' | 'namespaced'>>> = {
  ClusterInformation: { plural: 'clusterinformations', namespaced: false },
  IPAMBlock: { plural: 'ipamblocks', namespaced: false },
  IPAMHandle: { plural: 'ipamhandles', namespaced: false },
  IPAMConfig: { plural: 'ipamconfigs', namespaced: false },
  BlockAffinity: { plural: 'blockaffinities', namespaced: false },
  CalicoNodeStatus: { plural: 'caliconodestatuses', namespaced: false },
}

const definition = (
  kind: string,
  { plural, namespaced }: Pick<KindFacts, 'plural' | 'namespaced'>,
): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
})

const minor = (version: string): number => Number(version.split('.')[1])

/** What an installation of Calico brings into a cluster: its kinds, and the ClusterInformation `default`. */
export const calicoObjects = (version: string): ReadonlyArray<KubeObject> => {
  const stored = Object.entries<KindFacts>(kindFacts).filter(
    ([, facts]) => facts.stored === 'crd' && minor(facts.since ?? '3.0') <= minor(version),
  )
  return [
    ...stored.map(([kind, facts]) => definition(kind, facts)),
    ...Object.entries(others).map(([kind, facts]) => definition(kind, facts)),
    {
      apiVersion: `${group}/v1`,
      kind: 'ClusterInformation',
      metadata: { name: 'default' },
      spec: { calicoVersion: `v${version}`, clusterType: 'k8s,kdd', datastoreReady: true },
    },
  ]
}
