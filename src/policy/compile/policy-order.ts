import { release, type Version } from '../../model/calico-version.js'
import { namespaceOf } from '../../model/resource-id.js'
import type { GivenPolicy } from '../world/world-parts.js'

/** From this release on, ties are broken by name, namespace and kind. */
const byParts = release('3.32')

const stagedPrefix = (origin: GivenPolicy['origin']): string => (origin.startsWith('Staged') ? 'staged:' : '')

/**
 * The one name that a policy is stored under before 3.32, which breaks ties. In the tier default it is `default.web`,
 * and that of one of Kubernetes' own `knp.default.web`; a namespace goes before it.
 */
const storedName = ({ resource, origin }: GivenPolicy): string => {
  const namespace = namespaceOf(resource)
  const { name } = resource.metadata
  if (origin === 'AdminNetworkPolicy') return `kanp.adminnetworkpolicy.${name}`
  if (origin === 'BaselineAdminNetworkPolicy') return `kbanp.baselineadminnetworkpolicy.${name}`
  const tier = resource.spec.tier || 'default'
  const isStored = name.startsWith('knp.default.') || (tier !== 'default' && name.startsWith(`${tier}.`))
  const stored = isStored
    ? name
    : origin === 'KubernetesNetworkPolicy' || origin === 'StagedKubernetesNetworkPolicy'
      ? `knp.default.${name}`
      : origin === 'ClusterNetworkPolicy'
        ? name
        : `${tier}.${name}`
  return `${namespace === undefined ? '' : `${namespace}/`}${stagedPrefix(origin)}${stored}`
}

/** The kind as Calico has it. **Source**: `libcalico-go/lib/backend/model/kubeclusternetworkpolicy.go`. */
const kindOf = ({ origin }: GivenPolicy): string =>
  origin === 'ClusterNetworkPolicy' ? `Kubernetes${origin}` : origin

/** What Felix compares after the order, the most telling part first. */
const tieBreaker = (policy: GivenPolicy, calico: Version): ReadonlyArray<string> =>
  calico < byParts
    ? [storedName(policy)]
    : [
        policy.resource.metadata.name.replace(/^knp\.default\./, ''),
        namespaceOf(policy.resource) ?? '',
        kindOf(policy),
      ]

/**
 * The order in which Felix asks the policies of a tier: by `order`, then by name.
 *
 * **Source**: `felix/calc/policy_sorter.go`, PolKVLess.
 */
export const comparePolicies =
  (calico: Version) =>
  (a: GivenPolicy, b: GivenPolicy): number => {
    const [x = Infinity, y = Infinity] = [a.resource.spec.order, b.resource.spec.order]
    if (x !== y) return x < y ? -1 : 1
    const [mine, theirs] = [tieBreaker(a, calico), tieBreaker(b, calico)]
    for (const [at, text] of mine.entries()) {
      const other = theirs[at] ?? ''
      if (text !== other) return text < other ? -1 : 1
    }
    return 0
  }
