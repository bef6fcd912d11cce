import { release } from '../../model/calico-version.js'
import { isTiered, type Kind, kindFacts } from '../../model/kind.js'
import { client, resources, validator } from '../engine/calico-source.js'
import { all, type Constraint, type Context, none, otherwise, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { isDnsLabel, isDnsSubdomain, nearestSubdomain, subdomainFault } from './dns-name.js'

const longest = 253
const tierLongest = 63

/** A name of Kubernetes' own may stand there, too. */
const isNamespacedPolicy = (kind: Kind): boolean => isTiered(kind) && kindFacts[kind].namespaced

const nameFormat: Constraint<string> = rule(
  {
    name: 'name-format',
    what: 'A name is not a valid DNS name.',
    remedy:
      'use only lower-case letters, digits, "-" and "."; each part begins and ends with a letter or digit',
    source: validator('validateObjectMeta'),
  },
  (name) =>
    unless(isDnsSubdomain(name), () => {
      const near = nearestSubdomain(name)
      return {
        message: `the name ${quoted(name)} ${subdomainFault(name)}`,
        ...(near === undefined ? {} : { hint: `such as ${quoted(near)}` }),
      }
    }),
)

const nameLength: Constraint<string> = rule(
  {
    name: 'name-too-long',
    what: 'A name has more than 253 characters, or the name of a tier more than 63.',
    remedy: 'shorten it',
    source: validator('validateObjectMeta and validateTier'),
  },
  (name, { resource }) => {
    const most = resource.kind === 'Tier' ? tierLongest : longest
    return unless(name.length <= most, () => ({
      message: `the name has ${name.length} characters: at most ${most} are allowed`,
    }))
  },
)

const dotted = release('3.29')
const mostDots = (kind: Kind, context: Context): number => {
  if (kind === 'Tier') return 0
  return isTiered(kind) ? (context.calico < dotted ? 0 : 1) : longest
}
const ofKubernetes = /^(?:knp|ossg)\.default\./

const nameDots: Constraint<string> = rule(
  {
    name: 'name-dots',
    what: 'The name of a policy or tier has too many dots: a policy may have one from Calico 3.29 on and none before, a tier never.',
    remedy: 'replace the dots with "-"',
    source: validator('validateNetworkPolicy, validateGlobalNetworkPolicy and validateTier'),
  },
  (name, context) => {
    const { kind } = context.resource
    const most = mostDots(kind, context)
    if (most === longest || !name.includes('.') || !isDnsSubdomain(name)) return none
    if (isNamespacedPolicy(kind) && ofKubernetes.test(name)) return none
    const dots = name.split('.').length - 1
    return unless(dots <= most, () => ({
      message: `the name ${quoted(name)} has ${dots === 1 ? 'a dot' : `${dots} dots`}: ${
        most === 0 ? 'none' : 'one'
      } may be in the name of a ${kind}`,
      hint: `such as ${quoted(name.replaceAll('.', '-'))}`,
    }))
  },
)

const tierOf = ({ resource: { spec } }: Context): string =>
  'tier' in spec && spec.tier !== undefined && spec.tier !== '' ? spec.tier : 'default'

/** The name as one of the tier's, with all that tells it from others. */
const inTier = (tier: string, name: string): string => {
  const own = name.replaceAll('.', '-')
  return tier === 'default' ? own : `${tier}.${own}`
}

const tierPrefix: Constraint<string> = rule(
  {
    name: 'name-tier-prefix',
    what: 'In Calico 3.29 to 3.31 a policy outside the default tier must be named <tier>.<name>, and no other name may have a dot.',
    remedy: 'name it <tier>.<name>: every release that has tiers accepts that',
    source: 'libcalico-go/lib/names/policy.go, ValidateTieredPolicyName',
    since: '3.29',
    until: '3.32',
  },
  (name, context) => {
    if (!isTiered(context.resource.kind) || ofKubernetes.test(name)) return none
    const tier = tierOf(context)
    const holds = name.includes('.') ? name.startsWith(`${tier}.`) : tier === 'default'
    return unless(holds, () => ({
      message: `the name ${quoted(name)} does not begin with the policy's tier, ${quoted(tier)}`,
      hint: `name it ${quoted(inTier(tier, name))}`,
    }))
  },
)

const kubernetesName: Constraint<string> = rule(
  {
    name: 'name-of-kubernetes-policy',
    what: "Names that begin with knp.default. are reserved for Kubernetes' own policies.",
    remedy: 'choose another name, or change the NetworkPolicy of networking.k8s.io with kubectl',
    source: resources('networkpolicy.go'),
  },
  (name, { resource }) =>
    unless(!(isNamespacedPolicy(resource.kind) && name.startsWith('knp.default.')), () => ({
      message: `the name ${quoted(name)} is reserved for a policy of Kubernetes: calicoctl does not write it`,
    })),
)

const storedName: Constraint<string> = rule(
  {
    name: 'stored-name-too-long',
    what: 'Before Calico 3.32 a policy is stored as default.<name>, and the API server refuses stored names of more than 253 characters.',
    remedy: 'use at most 245 characters',
    source: client('networkpolicy.go, convertPolicyNameForStorage'),
    by: 'API server',
    until: '3.32',
  },
  (name, context) => {
    if (!isTiered(context.resource.kind) || name.length > longest || name.includes('.')) return none
    return unless(name.length + 'default.'.length <= longest, () => ({
      message: `the name has ${name.length} characters, and Calico stores it with "default." before it: ${
        longest - 'default.'.length
      } are allowed`,
    }))
  },
)

/** So short and simple that only its tier can be against it. */
const isPlain = (name: string): boolean => name.length <= tierLongest && isDnsLabel(name)

/** `metadata.name`, by kind and version. */
export const name: Constraint<string> = all(
  otherwise(isPlain, all(nameFormat, nameLength, nameDots, kubernetesName, storedName)),
  tierPrefix,
)
