import { minorOf } from '../../model/calico-version.js'
import type { ImageSettings } from '../options.js'
import type { Calico } from '../state/calico-cluster.js'
import type { StoredBy } from '../state/stored-resource.js'

interface Variable {
  readonly name: string
  readonly value: string
}

/** How to run calicoctl of one version in a pod. */
export interface Program {
  readonly image: string
  readonly command: ReadonlyArray<string>
  readonly pullPolicy: string
  readonly environment: ReadonlyArray<Variable>
}

const publicImage = (version: string): string => {
  if (minorOf(version) >= 33) return `quay.io/calico/calico:v${version}`
  return minorOf(version) >= 31 ? `quay.io/calico/ctl:v${version}` : `docker.io/calico/ctl:v${version}`
}

/**
 * The image and command of calicoctl of the cluster's own version: it refuses to work on any other.
 *
 * **Source**: `calicoctl/Dockerfile` and `manifests/calicoctl.yaml` of each release.
 */
export const programFor = (calico: Calico, settings: ImageSettings): Program => ({
  image: settings.name ?? publicImage(calico.version),
  // No image since 3.20 has a shell: the command is given, never wrapped.
  command: settings.command ?? [minorOf(calico.version) >= 28 ? '/usr/bin/calicoctl' : '/calicoctl'],
  pullPolicy: settings.pullPolicy ?? 'IfNotPresent',
  environment: environmentFor(calico),
})

/**
 * calicoctl's own limit is 5 requests a second: 1,000 policies would take minutes. Up to 3.31 it reads the first
 * name, since 3.32 the other two. **Source**: `libcalico-go/lib/apiconfig`, `libcalico-go/lib/backend/k8s/k8s.go`.
 */
const variables: ReadonlyArray<Variable> = [
  { name: 'DATASTORE_TYPE', value: 'kubernetes' },
  { name: 'CALICO_K8SCLIENTQPS', value: '1000' },
  { name: 'K8S_CLIENT_QPS', value: '1000' },
  { name: 'K8S_CLIENT_BURST', value: '2000' },
]

/**
 * What calicoctl is told by its environment. Where both groups are served it takes the old one, even when the cluster has
 * moved on: it has to be told. **Source**: 3.32 `libcalico-go/lib/backend/k8s/discovery.go`.
 */
export const environmentFor = ({ group }: StoredBy): ReadonlyArray<Variable> =>
  group === 'projectcalico.org'
    ? [...variables, { name: 'CALICO_API_GROUP', value: 'projectcalico.org/v3' }]
    : variables
