import type { KubeObject } from '../../src/cluster/port.js'
import { type Kind, kindFacts } from '../../src/model/kind.js'
import { calicoctl } from '../../src/testing/calicoctl.js'
import { type MemoryCluster, memoryCluster } from '../../src/testing/index.js'

export type Mode = 'native' | 'crd'
export type Spec = Readonly<Record<string, unknown>>

const groups = {
  native: { group: 'projectcalico.org', version: 'v3' },
  crd: { group: 'crd.projectcalico.org', version: 'v1' },
} as const

export const typeOf = (mode: Mode, kind: Kind) => {
  const { plural: resource, namespaced } = kindFacts[kind]
  return { ...groups[mode], resource, kind, namespaced }
}

export const clusterOf = (mode: Mode): MemoryCluster =>
  memoryCluster({ calico: '3.32.1', native: mode === 'native', namespaces: ['shop'] })

const nameOf = (kind: Kind): string => (kind === 'KubeControllersConfiguration' ? 'default' : 'a')

export const resource = (kind: Kind, spec: Spec, name = nameOf(kind)): KubeObject => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name, ...(kindFacts[kind].namespaced ? { namespace: 'shop' } : {}) },
  spec,
})

/** One call of calicoctl as an administrator, outside of any pod. */
export const run = (cluster: MemoryCluster, command: string, object: KubeObject) =>
  calicoctl('v3.32.1')({
    image: 'calico/ctl:v3.32.1',
    command: [],
    args: [command, '-f', '/in.json'],
    env: {},
    files: new Map([
      ['/in.json', JSON.stringify(object)],
      ['/var/run/secrets/kubernetes.io/serviceaccount/token', ''],
    ]),
    user: 'admin',
    send: (request) => cluster.server.handle(request),
    signal: new AbortController().signal,
  })

export const cidr = '10.0.0.0/16'
