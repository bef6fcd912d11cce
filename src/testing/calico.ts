import type { KubeObject } from '../cluster/port.js'
import { minorOf } from '../model/calico-version.js'
import { type KindFacts, kindFacts } from '../model/kind.js'
import { builtInTiers } from './tier.js'

/** Where Calico keeps its resources: in a group of its own, or, natively, in that of its API. */
interface Stored {
  readonly group: string
  readonly version: string
}

const internal: Stored = { group: 'crd.projectcalico.org', version: 'v1' }
const native: Stored = { group: 'projectcalico.org', version: 'v3' }

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
  { group, version }: Stored,
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
        name: version,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
})

/** What an installation of Calico brings into a cluster: its kinds, and the ClusterInformation `default`. */
export const calicoObjects = (version: string, isNative: boolean): ReadonlyArray<KubeObject> => {
  const place = isNative ? native : internal
  const stored = Object.entries<KindFacts>(kindFacts).filter(
    ([, facts]) => facts.stored === 'crd' && minorOf(facts.since ?? '3.0') <= minorOf(version),
  )
  return [
    ...stored.map(([kind, facts]) => definition(place, kind, facts)),
    ...Object.entries(others).map(([kind, facts]) => definition(place, kind, facts)),
    ...builtInTiers(version).map(([name, order, defaultAction]) => ({
      apiVersion: `${place.group}/${place.version}`,
      kind: 'Tier',
      metadata: { name },
      spec: { order, defaultAction },
    })),
    {
      apiVersion: `${place.group}/${place.version}`,
      kind: 'ClusterInformation',
      metadata: { name: 'default' },
      spec: { calicoVersion: `v${version}`, clusterType: 'k8s,kdd', datastoreReady: true },
    },
  ]
}
