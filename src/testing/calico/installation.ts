import type { StructuralSchema } from '../../cluster/memory/kinds/structural-schema.js'
import type { KubeObject } from '../../cluster/port.js'
import { minorOf } from '../../model/calico-version.js'
import { type KindFacts, kindFacts } from '../../model/kind.js'
import { schemaOf } from './schemas.js'
import { builtInTiers } from './tier.js'

/** Where Calico keeps its resources: in a group of its own, or, natively, in that of its API. */
interface Stored {
  readonly group: string
  readonly version: string
}

const internal: Stored = { group: 'crd.projectcalico.org', version: 'v1' }
const native: Stored = { group: 'projectcalico.org', version: 'v3' }

type Named = Pick<KindFacts, 'plural' | 'namespaced'>

/** Kinds that calicoctl reads or that Calico keeps for itself. */
const others: Readonly<Record<string, Named>> = {
  ClusterInformation: { plural: 'clusterinformations', namespaced: false },
  IPAMBlock: { plural: 'ipamblocks', namespaced: false },
  IPAMHandle: { plural: 'ipamhandles', namespaced: false },
  IPAMConfig: { plural: 'ipamconfigs', namespaced: false },
  BlockAffinity: { plural: 'blockaffinities', namespaced: false },
  CalicoNodeStatus: { plural: 'caliconodestatuses', namespaced: false },
}

/** Whose status is written apart from the rest, natively. */
const withStatus: ReadonlySet<string> = new Set(['IPPool', 'Tier', 'KubeControllersConfiguration'])

const hasStatus = (kind: string, { group }: Stored): boolean => group === native.group && withStatus.has(kind)

const definition = (
  stored: Stored,
  kind: string,
  { plural, namespaced }: Named,
  schema: StructuralSchema,
): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${stored.group}` },
  spec: {
    group: stored.group,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
    versions: [
      {
        name: stored.version,
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, ...schema },
        },
        ...(hasStatus(kind, stored) ? { subresources: { status: {} } } : {}),
      },
    ],
  },
})

/** What an installation of Calico brings into a cluster: its kinds, its tiers, and the ClusterInformation `default`. */
export const calicoObjects = (version: string, isNative: boolean): ReadonlyArray<KubeObject> => {
  const place = isNative ? native : internal
  const apiVersion = `${place.group}/${place.version}`
  const stored = Object.entries<KindFacts>(kindFacts).filter(
    ([, facts]) => facts.stored === 'crd' && minorOf(facts.since ?? '3.0') <= minorOf(version),
  )
  return [
    ...stored.map(([kind, facts]) => definition(place, kind, facts, schemaOf(kind, version))),
    ...Object.entries(others).map(([kind, facts]) => definition(place, kind, facts, {})),
    ...builtInTiers(version).map(([name, order, defaultAction]) => ({
      apiVersion,
      kind: 'Tier',
      metadata: { name },
      spec: { order, defaultAction },
    })),
    {
      apiVersion,
      kind: 'ClusterInformation',
      metadata: { name: 'default' },
      spec: { calicoVersion: `v${version}`, clusterType: 'k8s,kdd', datastoreReady: true },
    },
  ]
}
