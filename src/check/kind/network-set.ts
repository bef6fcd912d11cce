import type { StringMap } from '../../model/metadata.js'
import type { NetworkSetSpec } from '../../model/network-set.js'
import { validator } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { looseNet } from '../value/net.js'
import { asSet } from '../value/text-number-list.js'

/** The labels of a set stand for its nets: this one would say that they are in a namespace. */
export const labelsOfSet: Constraint<StringMap> = rule(
  {
    name: 'network-set-namespace-label',
    what: 'A network set has the label projectcalico.org/namespace, which Calico sets itself.',
    remedy: 'leave the label out; use another for what you select by',
    source: validator('validateNetworkSet and validateGlobalNetworkSet'),
  },
  (labels) =>
    unless(!Object.hasOwn(labels, 'projectcalico.org/namespace'), () => ({
      at: ['projectcalico.org/namespace'],
      message: "the label projectcalico.org/namespace is Calico's own",
    })),
)

/** The spec of a set, of a namespace or of the cluster. */
export const networkSetSpec: Constraint<NetworkSetSpec> = fields<NetworkSetSpec>({
  nets: all(each(looseNet), asSet),
})
