import { globalNetworkPolicy, networkPolicy, stagedGlobalNetworkPolicy, tier } from '../../../src/index.js'
import { type Case, finds, takes } from './case.js'
import { cutOffCases } from './cut-off-cases.js'
import { hostCases } from './host-cases.js'
import { podCases } from './pod-cases.js'
import { worldCases } from './world-cases.js'

const api = networkPolicy('api', 'shop').selector("role == 'api'")
const web = { selector: "role == 'web'" }
const pods = 'has(projectcalico.org/name)'
const everywhere = globalNetworkPolicy('all').namespaceSelector(pods)

const shadowed: ReadonlyArray<Case> = [
  finds(
    'an Allow after a Deny of everything',
    'rule-shadowed NetworkPolicy(shop/api) spec.ingress[1]',
    api.denyIngress().allowIngress({ protocol: 'TCP', source: web }),
  ),
  finds(
    'a port within the range of an earlier rule',
    'rule-shadowed NetworkPolicy(shop/api) spec.ingress[1]',
    api
      .allowIngress({ protocol: 'TCP', destination: { ports: ['8000:8079', '8080:9000'] } })
      .denyIngress({ protocol: 'TCP', source: web, destination: { ports: ['8070:8090'] } }),
  ),
  finds(
    'a narrower selector and net after wider ones',
    'rule-shadowed NetworkPolicy(shop/api) spec.egress[2]',
    api
      .logEgress({})
      .denyEgress({ destination: { nets: ['10.0.0.0/8'], selector: 'has(role)' } })
      .allowEgress({ destination: { nets: ['10.1.0.0/16'], selector: "role in {'web', 'db'}" } }),
  ),
  takes(
    'what an earlier rule leaves something of',
    api
      .allowIngress({ protocol: 'TCP', source: { selector: "role == 'web' && env == 'prod'" } })
      .denyIngress({ protocol: 'TCP', source: web })
      .allowIngress({ source: web }),
  ),
  takes(
    'a rule after one that excludes some of it',
    api.denyIngress({ source: { notNets: ['10.0.0.0/8'] } }).allowIngress({}),
  ),
  takes(
    'a rule after one that excludes a port of it',
    api
      .denyIngress({ protocol: 'TCP', destination: { notPorts: [80] } })
      .allowIngress({ protocol: 'TCP', destination: { notPorts: [443] } }),
  ),
  finds(
    'a rule that excludes more than an earlier one',
    'rule-shadowed NetworkPolicy(shop/api) spec.ingress[1]',
    api
      .denyIngress({ source: { notSelector: "role == 'web'" } })
      .allowIngress({ source: { notSelector: 'has(role)' } }),
  ),
  takes(
    'a rule that excludes less than an earlier one',
    api
      .denyIngress({ source: { notSelector: 'has(role)' } })
      .allowIngress({ source: { notSelector: "role == 'web'" } }),
  ),
  takes('a rule after a Log of everything', api.logIngress({}).allowIngress({})),
  finds(
    'a Deny of everything after a policy that allows everything',
    'rule-shadowed NetworkPolicy(shop/api) spec.ingress[0]',
    api.order(20).denyIngress(),
    everywhere.order(10).allowIngress({}),
  ),
  takes(
    'an Allow that an earlier policy allows as well',
    api.order(20).allowIngress({ source: web }),
    everywhere.order(10).allowIngress({}),
  ),
  takes(
    'a policy after one of another namespace',
    api.order(20).denyIngress(),
    networkPolicy('api', 'bank').order(10).allowIngress({}),
  ),
  takes(
    'a policy after one on trial',
    api.order(20).denyIngress(),
    stagedGlobalNetworkPolicy('all').namespaceSelector(pods).order(10).allowIngress({}),
  ),
]

const ties: ReadonlyArray<Case> = [
  finds(
    'an Allow beside a Deny of everything, both last',
    'order-tie NetworkPolicy(shop/api) spec.order',
    api.allowIngress({ source: web }),
    everywhere.denyIngress(),
  ),
  takes('the same with an order', api.order(10).allowIngress({ source: web }), everywhere.denyIngress()),
  takes(
    'policies of one order that do the same to what both name',
    api.order(1).allowIngress({ source: web }).denyIngress(),
    everywhere.order(1).allowIngress({ source: web }).denyIngress(),
  ),
  finds(
    'two of one order that do different things to what nets keep apart from the rest',
    'order-tie NetworkPolicy(shop/other) spec.order',
    api
      .order(1)
      .denyIngress({ source: { nets: ['10.0.0.0/8'] } })
      .allowIngress({ source: { nets: ['192.168.0.0/16'] } }),
    networkPolicy('other', 'shop')
      .selector("role == 'api'")
      .order(1)
      .allowIngress({ source: { nets: ['172.16.0.0/12'] } })
      .denyIngress({ source: { nets: ['192.168.1.0/24'] } }),
  ),
  takes(
    'policies of one order for other pods',
    api.order(1).denyIngress(),
    networkPolicy('web', 'shop').order(1).selector("role == 'web'").allowIngress({}),
  ),
  finds(
    'a tier without an order, as the tier default',
    'tier-order-tie Tier(platform) spec.order',
    tier('platform').defaultAction('Pass'),
  ),
  finds(
    'two tiers of one order',
    'tier-order-tie Tier(b) spec.order',
    tier('a').order(5),
    tier('b').order(5),
  ),
  takes('tiers of orders of their own', tier('a').order(5), tier('b').order(6)),
]

const dead: ReadonlyArray<Case> = [
  finds(
    'rules of a direction that types leave out',
    'rules-without-type NetworkPolicy(shop/api) spec.egress',
    api.types('Ingress').allowEgress({}),
  ),
  takes('types without rules', api.types('Ingress', 'Egress').allowEgress({})),
  finds(
    'a policy whose selector no labels match',
    'selector-never-matches NetworkPolicy(shop/api) spec.selector',
    networkPolicy('api', 'shop').selector("role == 'api' && role == 'web'").allowIngress({}),
  ),
  finds(
    'a rule that selects another namespace by a label of its pods',
    'selector-never-matches NetworkPolicy(shop/api) spec.ingress[0].source.selector',
    api.allowIngress({ source: { selector: "projectcalico.org/namespace == 'bank'" } }),
  ),
  takes(
    'a rule that selects another namespace by namespaceSelector',
    api.allowIngress({
      source: { namespaceSelector: "projectcalico.org/name == 'bank'", selector: 'has(role)' },
    }),
  ),
  finds(
    'a rule whose notNets exclude its nets',
    'rule-excludes-itself NetworkPolicy(shop/api) spec.egress[0].destination.notNets',
    api.allowEgress({ destination: { nets: ['10.1.0.0/16'], notNets: ['10.0.0.0/8'] } }),
  ),
  finds(
    'a rule whose notSelector excludes what it selects',
    'rule-excludes-itself NetworkPolicy(shop/api) spec.ingress[0].source.notSelector',
    api.allowIngress({ source: { ...web, notSelector: 'has(role)' } }),
  ),
  takes('a rule that excludes some', api.allowIngress({ source: { ...web, notSelector: "env == 'test'" } })),
]

const denied: ReadonlyArray<Case> = [
  finds(
    'a policy that only denies something',
    'nothing-allowed NetworkPolicy(shop/api) spec.egress',
    api.denyEgress({ destination: { nets: ['169.254.169.254/32'] } }),
  ),
  finds(
    'a policy that only logs',
    'nothing-allowed NetworkPolicy(shop/api) spec.ingress',
    api.logIngress({}),
  ),
  takes('one that denies everything', api.logIngress({}).denyIngress(), api.types('Ingress')),
  takes(
    'one that only denies something, beside one that may allow the rest',
    api.order(1).denyIngress({ source: web }),
    networkPolicy('more', 'shop').selector('has(role)').allowIngress({}),
  ),
  takes(
    'one that only denies something, in a tier that passes on',
    tier('first').order(5).defaultAction('Pass'),
    globalNetworkPolicy('first.deny').tier('first').namespaceSelector(pods).denyIngress({ source: web }),
  ),
  takes(
    'one that only denies something, in a tier that is not given',
    globalNetworkPolicy('first.deny').tier('first').namespaceSelector(pods).denyIngress({ source: web }),
  ),
  takes(
    'one that only denies something before node ports are translated',
    globalNetworkPolicy('host').applyOnForward().preDNAT().denyIngress({ source: web }),
  ),
]

const hosts: ReadonlyArray<Case> = [
  finds(
    'a default deny that has no selector',
    'applies-to-hosts GlobalNetworkPolicy(deny) spec.selector',
    globalNetworkPolicy('deny').types('Ingress'),
  ),
  finds(
    'one whose namespaceSelector only says which namespaces are not meant',
    'applies-to-hosts StagedGlobalNetworkPolicy(deny) spec.namespaceSelector',
    stagedGlobalNetworkPolicy('deny')
      .namespaceSelector("projectcalico.org/name != 'kube-system'")
      .types('Ingress'),
  ),
  takes('one for pods', everywhere.types('Ingress')),
  takes(
    'one whose all() leaves out hosts, since it stands beside a namespaceSelector',
    globalNetworkPolicy('deny')
      .selector('all()')
      .namespaceSelector("projectcalico.org/name != 'kube-system'")
      .types('Ingress'),
  ),
  takes(
    'one that allows everything else',
    globalNetworkPolicy('deny').denyIngress({ source: web }).allowIngress({}),
  ),
  takes(
    'one that is for forwarded traffic, too',
    globalNetworkPolicy('deny').applyOnForward().types('Ingress'),
  ),
  takes(
    'one beside a policy for hosts by their labels',
    globalNetworkPolicy('deny').types('Ingress'),
    globalNetworkPolicy('host').order(1).selector('has(kubernetes-host)').allowIngress({}),
  ),
]

export const cases: ReadonlyArray<Case> = [
  ...shadowed,
  ...ties,
  ...dead,
  ...denied,
  ...hosts,
  ...podCases,
  ...hostCases,
  ...cutOffCases,
  ...worldCases,
]
