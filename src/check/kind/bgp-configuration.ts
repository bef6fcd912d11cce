import type {
  BGPConfiguration,
  BGPConfigurationSpec,
  Community,
  PrefixAdvertisement,
  ServiceBlock,
} from '../../model/bgp/bgp-configuration.js'
import { api, client, validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, none, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { int32 } from '../value/int32.js'
import { ignoredInterface } from '../value/interface.js'
import { metadata } from '../value/metadata.js'
import { strictNet } from '../value/net.js'
import { reference } from '../value/reference.js'
import { routePriority } from '../value/route-priority.js'
import { atMost, unlessEmpty } from '../value/text-number-list.js'

const standard = /^\d+:\d+$/
const large = /^\d+:\d+:\d+$/

/** `aa:nn` or `aa:nn:mm`, whatever the size of the numbers. */
const isCommunity = (text: string): boolean => standard.test(text) || large.test(text)

/** Why a community is none, for a text of the right form or another. */
const communityFault = (text: string): string | undefined => {
  if (!isCommunity(text)) return `${quoted(text)} is not a valid community`
  const most = large.test(text) ? 0xffff_ffff : 0xffff
  const over = text.split(':').find((part) => Number(part) > most)
  return over === undefined ? undefined : `${over} in the community ${quoted(text)} is more than ${most}`
}

const source = validator('validateBGPConfigurationSpec')

const needed = <A extends object>(key: keyof A & string, what: string): Constraint<A> =>
  rule(
    {
      name: 'bgp-field-missing',
      what: 'A community has no name or value, or an advertised prefix has no cidr or communities.',
      remedy: 'set the field',
      source: api('bgpconfig.go'),
    },
    (value) =>
      unless(value[key] !== undefined && (value[key] as unknown) !== '', () => ({
        at: [key],
        message: `${what} has no ${key}`,
      })),
  )

const communityValue: Constraint<string> = rule(
  {
    name: 'bgp-community',
    what: 'A BGP community is not valid.',
    remedy: 'write aa:nn with numbers up to 65535, or aa:nn:mm with numbers up to 4294967295',
    source: validator('validateCommunityValue'),
  },
  (text) => {
    const message = communityFault(text)
    return message === undefined ? none : [{ message }]
  },
)

const used: Constraint<BGPConfigurationSpec> = rule(
  {
    name: 'bgp-communities-unused',
    what: 'Communities are defined, but no prefix is advertised with them.',
    remedy: 'use them in prefixAdvertisements, or remove them',
    source,
  },
  ({ communities = [], prefixAdvertisements = [] }) =>
    unless(communities.length === 0 || prefixAdvertisements.length > 0, () => ({
      at: ['communities'],
      message: 'communities without prefixAdvertisements',
    })),
)

const defined: Constraint<BGPConfigurationSpec> = rule(
  {
    name: 'bgp-community-undefined',
    what: 'A prefix is advertised with a community that is not defined.',
    remedy: 'define it in communities, or write its value',
    source,
  },
  ({ communities = [], prefixAdvertisements = [] }) => {
    const names = new Set(communities.map(({ name }) => name))
    return prefixAdvertisements.flatMap(({ communities: given = [] }, index) =>
      given.flatMap((community, place) => {
        const fault = isCommunity(community) ? communityFault(community) : undefined
        if (fault === undefined && (isCommunity(community) || names.has(community))) return []
        const at = ['prefixAdvertisements', index, 'communities', place]
        return [{ at, message: fault ?? `the community ${quoted(community)} is not defined` }]
      }),
    )
  },
)

const ofMesh = ['nodeMeshPassword', 'nodeMeshMaxRestartTime'] as const

const needsMesh: Constraint<BGPConfigurationSpec> = rule(
  {
    name: 'bgp-mesh-off',
    what: 'The node-to-node mesh is configured, but disabled.',
    remedy: 'remove the field, or set nodeToNodeMeshEnabled to true',
    source,
  },
  (spec) =>
    spec.nodeToNodeMeshEnabled === false
      ? ofMesh
          .filter((key) => spec[key] !== undefined)
          .map((key) => ({ at: [key], message: `${key} has no effect while nodeToNodeMeshEnabled is false` }))
      : none,
)

const ofDefault = [
  'nodeToNodeMeshEnabled',
  'asNumber',
  'serviceLoadBalancerIPs',
  'serviceExternalIPs',
  'serviceClusterIPs',
  ...ofMesh,
] as const

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

const onlyInDefault: Constraint<BGPConfiguration> = rule(
  {
    name: 'bgp-default-only',
    what: 'A cluster-wide field is set in a BGPConfiguration other than "default".',
    remedy: 'move it to the BGPConfiguration named "default"',
    source: client('bgpconfig.go, ValidateDefaultOnlyFields'),
  },
  ({ metadata: { name }, spec }) =>
    name === 'default'
      ? none
      : ofDefault
          .filter((key) => spec[key] !== undefined && !isEmptyList(spec[key]))
          .map((key) => ({
            at: ['spec', key],
            message: `${key} is set in the BGPConfiguration ${quoted(name)}, but belongs in "default" only`,
          })),
)

const blocks = each(fields<ServiceBlock>({ cidr: unlessEmpty(strictNet) }))

const bounds = { source: api('bgpconfig.go'), since: '3.33', by: 'API server' } as const

const few = <A>(most: number, what: string): Constraint<ReadonlyArray<A>> => atMost(most, what, bounds)

const nameLength: Constraint<string> = rule(
  {
    ...bounds,
    name: 'bgp-community-name-too-long',
    what: 'The name of a community has more than 253 characters.',
    remedy: 'shorten it',
  },
  (text) =>
    unless(text.length <= 253, () => ({
      message: `the name has ${text.length} characters: at most 253 are allowed`,
    })),
)

const spec: Constraint<BGPConfigurationSpec> = all(
  fields<BGPConfigurationSpec>({
    serviceLoadBalancerIPs: blocks,
    serviceExternalIPs: blocks,
    serviceClusterIPs: blocks,
    asNumber: int32,
    communities: all(
      few<Community>(500, 'communities'),
      each(
        all(
          needed<Community>('name', 'a community'),
          needed<Community>('value', 'a community'),
          fields<Community>({
            name: unlessEmpty(all(reference('community'), nameLength)),
            value: unlessEmpty(communityValue),
          }),
        ),
      ),
    ),
    prefixAdvertisements: all(
      few<PrefixAdvertisement>(500, 'advertised prefixes'),
      each(
        all(
          needed<PrefixAdvertisement>('cidr', 'an advertised prefix'),
          needed<PrefixAdvertisement>('communities', 'an advertised prefix'),
          fields<PrefixAdvertisement>({
            cidr: unlessEmpty(strictNet),
            communities: few<string>(50, 'communities'),
          }),
        ),
      ),
    ),
    ignoredInterfaces: each(ignoredInterface),
    ipv4NormalRoutePriority: routePriority,
    ipv6NormalRoutePriority: routePriority,
  }),
  used,
  defined,
  needsMesh,
)

export const bgpConfiguration: Constraint<BGPConfiguration> = all(
  fields<BGPConfiguration>({ metadata, spec }),
  onlyInDefault,
)
