import type { StringMap } from '../../model/meta/metadata.js'
import type { NetworkSetSpec } from '../../model/policy/network-set.js'
import { family, firstAddress, parseNetwork, printNetwork } from '../../net/ip-address.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, none, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { looseNet } from '../value/net.js'
import { asSet } from '../value/text-number-list.js'

/** The labels of a set stand for its nets: this one would say that they are in a namespace. */
export const labelsOfSet: Constraint<StringMap> = rule(
  {
    name: 'network-set-namespace-label',
    what: 'A network set has the label projectcalico.org/namespace, which Calico sets itself.',
    remedy: 'remove the label, and select the set by another one',
    source: validator('validateNetworkSet and validateGlobalNetworkSet'),
  },
  (labels) =>
    unless(!Object.hasOwn(labels, 'projectcalico.org/namespace'), () => ({
      at: ['projectcalico.org/namespace'],
      message: "the label projectcalico.org/namespace is Calico's own",
    })),
)

/** Felix takes the IPv4 address out of it, and leaves the length, which is then beyond 32. */
const unmapped: Constraint<string> = rule(
  {
    name: 'mapped-net',
    what: 'A net of a set is an IPv4 net in IPv6 form, whose prefix length Felix misreads.',
    remedy: 'write it as IPv4, such as 10.0.0.0/8 for ::ffff:10.0.0.0/104',
    source: 'felix/ip/ip_addr.go, CIDRFromIPNet',
    by: 'typed-calico',
  },
  (text) => {
    const network = text.includes(':') ? parseNetwork(text) : undefined
    if (network === undefined || family(firstAddress(network)) === 6) return none
    return [
      { message: `${quoted(text)} is an IPv4 net in IPv6 form`, hint: `write ${printNetwork(network)}` },
    ]
  },
)

/** The spec of a set, of a namespace or of the cluster. */
export const networkSetSpec: Constraint<NetworkSetSpec> = fields<NetworkSetSpec>({
  nets: all(each(all(looseNet, unmapped)), asSet),
})
