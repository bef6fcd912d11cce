import { expectTypeOf } from 'expect-type'
import { edit } from '../../src/build/edit.js'
import { hostEndpoint } from '../../src/build/host-endpoint.js'
import { globalNetworkSet, networkSet } from '../../src/build/network-set.js'
import { resource } from '../../src/build/resource.js'
import { stagedKubernetesNetworkPolicy } from '../../src/build/staged-kubernetes-network-policy.js'
import { type TierBuilder, tier } from '../../src/build/tier.js'
import type { HostEndpoint } from '../../src/model/host/host-endpoint.js'
import type { IPPool } from '../../src/model/ipam/ip-pool.js'
import type { GlobalNetworkSet } from '../../src/model/policy/global-network-set.js'
import type { NetworkSet } from '../../src/model/policy/network-set.js'
import type { Tier } from '../../src/model/policy/tier.js'
import type { StagedKubernetesNetworkPolicy } from '../../src/model/staged/staged-kubernetes-network-policy.js'

// Each is its resource, and goes on as what it is.
expectTypeOf(
  tier('a')
    .order(1)
    .labels({})
    .when(true, (built) => built.order(2)),
).toEqualTypeOf<TierBuilder>()
expectTypeOf(tier('a')).toExtend<Tier>()
expectTypeOf(networkSet('a', 'shop').nets('10.0.0.0/8')).toExtend<NetworkSet>()
expectTypeOf(globalNetworkSet('a').nets()).toExtend<GlobalNetworkSet>()
expectTypeOf(hostEndpoint('a', 'node-1').interfaceName('*')).toExtend<HostEndpoint>()
expectTypeOf(stagedKubernetesNetworkPolicy('a', 'shop')).toExtend<StagedKubernetesNetworkPolicy>()
expectTypeOf(resource('IPPool', 'a', { cidr: '10.0.0.0/8' })).toExtend<IPPool>()
expectTypeOf(edit(tier('a'))).toEqualTypeOf<TierBuilder>()
hostEndpoint('a', 'node-1').ports({ name: 'ssh', protocol: 'TCP', port: 22 })

// @ts-expect-error a tier denies or passes
tier('a').defaultAction('Allow')
// @ts-expect-error a copy is data
void { ...tier('a') }.order
// @ts-expect-error a set of a namespace has one
networkSet('a')
// @ts-expect-error a global set has none
globalNetworkSet('a', 'shop')
// @ts-expect-error a host endpoint has a node
hostEndpoint('a')
// @ts-expect-error a host's port has a protocol that has ports
hostEndpoint('a', 'node-1').ports({ name: 'ping', protocol: 'ICMP', port: 8 })
// @ts-expect-error the methods are Calico's fields
hostEndpoint('a', 'node-1').interface('eth0')
// @ts-expect-error a pool has a CIDR
resource('IPPool', 'a', {})
// @ts-expect-error a misspelt key
resource('IPPool', 'a', { cidr: '10.0.0.0/8', natOutgoin: true })
// @ts-expect-error a field of another kind
resource('BGPPeer', 'a', { cidr: '10.0.0.0/8' })
// @ts-expect-error a policy has a builder
resource('NetworkPolicy', 'a', {})
// @ts-expect-error a misspelt key of a Kubernetes rule
stagedKubernetesNetworkPolicy('a', 'shop').ingress({ form: [] })
