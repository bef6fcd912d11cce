import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KubeObject } from '../../src/cluster/port.js'
import type { Kind } from '../../src/model/kind.js'
import { ok } from '../cluster/contract-ground.js'
import { cidr, clusterOf, type Mode, resource, run, type Spec, typeOf } from './newest.js'

const stored = suite('what Calico 3.32.1 stores')

type Writer = 'API' | 'calicoctl'

const written = async (mode: Mode, writer: Writer, kind: Kind, spec: Spec): Promise<KubeObject> => {
  const cluster = clusterOf(mode)
  const type = typeOf(mode, kind)
  const object = resource(kind, spec)
  if (writer === 'API') ok(await cluster.create(type, object)())
  else assert.is((await run(cluster, 'create', object)).exitCode, 0)
  return ok(await cluster.get({ type, ...object.metadata })())
}

const everywhere: ReadonlyArray<readonly [Mode, Writer]> = [
  ['native', 'API'],
  ['native', 'calicoctl'],
  ['crd', 'calicoctl'],
]
const byApi = everywhere.slice(0, 1)
const byCalicoctl = everywhere.slice(1)
const natively = everywhere.slice(0, 2)
const allow = [{ action: 'Allow' }]
const inDefault = { tier: 'default' }

const facts: ReadonlyArray<readonly [string, typeof everywhere, Kind, Spec, Spec]> = [
  ['a tier denies', everywhere, 'Tier', { order: 5 }, { order: 5, defaultAction: 'Deny' }],
  ['a tier without an order has none', byApi, 'Tier', {}, { defaultAction: 'Deny' }],
  ['calicoctl gives a tier its order', byCalicoctl, 'Tier', {}, { order: 1_000_000, defaultAction: 'Deny' }],
  ['no rules are for ingress', everywhere, 'NetworkPolicy', {}, { ...inDefault, types: ['Ingress'] }],
  [
    'an empty list of rules counts',
    byApi,
    'NetworkPolicy',
    { egress: [] },
    { ...inDefault, egress: [], types: ['Egress'] },
  ],
  [
    'an empty list beside rules counts',
    byApi,
    'GlobalNetworkPolicy',
    { ingress: [], egress: allow },
    { ...inDefault, ingress: [], egress: allow, types: ['Ingress', 'Egress'] },
  ],
  [
    'an empty list of rules does not count',
    byCalicoctl,
    'NetworkPolicy',
    { ingress: [], egress: [] },
    { ...inDefault, types: ['Ingress'] },
  ],
  [
    'an empty end stays',
    byApi,
    'NetworkPolicy',
    { ingress: [{ action: 'Allow', source: {} }] },
    { ...inDefault, ingress: [{ action: 'Allow', source: {} }], types: ['Ingress'] },
  ],
  [
    'calicoctl leaves out empty ends, and what is false',
    byCalicoctl,
    'GlobalNetworkPolicy',
    { ingress: [{ action: 'Allow', source: {}, destination: {} }], doNotTrack: false },
    { ...inDefault, ingress: allow, types: ['Ingress'] },
  ],
  [
    'a staged policy is set',
    everywhere,
    'StagedGlobalNetworkPolicy',
    { egress: allow },
    { ...inDefault, egress: allow, stagedAction: 'Set', types: ['Egress'] },
  ],
  [
    'a staged deletion has types',
    natively,
    'StagedNetworkPolicy',
    { stagedAction: 'Delete' },
    { ...inDefault, stagedAction: 'Delete', types: ['Ingress'] },
  ],
  [
    'a staged deletion has no types',
    everywhere.slice(2),
    'StagedNetworkPolicy',
    { stagedAction: 'Delete' },
    { ...inDefault, stagedAction: 'Delete' },
  ],
  [
    'a staged policy of Kubernetes has ingress and its egress',
    natively,
    'StagedKubernetesNetworkPolicy',
    { podSelector: {}, egress: [{}] },
    { podSelector: {}, egress: [{}], policyTypes: ['Ingress', 'Egress'], stagedAction: 'Set' },
  ],
  [
    'a pool is assigned from automatically',
    byApi,
    'IPPool',
    { cidr, natOutgoing: false },
    { cidr, natOutgoing: false, assignmentMode: 'Automatic' },
  ],
  [
    'calicoctl completes a pool',
    byCalicoctl,
    'IPPool',
    { cidr, natOutgoing: false },
    {
      cidr,
      allowedUses: ['Workload', 'Tunnel'],
      assignmentMode: 'Automatic',
      blockSize: 26,
      ipipMode: 'Never',
      nodeSelector: 'all()',
      vxlanMode: 'Never',
    },
  ],
  ['Felix finds out about nftables', everywhere, 'FelixConfiguration', {}, { nftablesMode: 'Auto' }],
  [
    'nothing is made up below what is not there',
    everywhere,
    'KubeControllersConfiguration',
    { controllers: { loadBalancer: {} } },
    { controllers: { loadBalancer: { assignIPs: 'AllServices' } }, healthChecks: 'Enabled' },
  ],
]

for (const [fact, ways, kind, sent, spec] of facts) {
  for (const [mode, writer] of ways) {
    stored(`${fact}, by the ${writer} in ${mode} mode`, async () => {
      assert.equal((await written(mode, writer, kind, sent)).spec, spec)
    })
  }
}

stored.run()
