/** No pod reaches the cloud's metadata service, unless its namespace is labelled to be let through. */
import { and, globalNetworkPolicy, has, label, ne, tier, toYaml } from 'typed-calico'

const metadataServices = ['169.254.169.254/32', '100.100.100.200/32']

// A tier of its own, before the default one, that passes on what it does not deny: the other policies stay in force.
const security = tier('security').order(500).defaultAction('Pass')

const blockMetadata = globalNetworkPolicy('security.block-metadata')
  .tier('security')
  .order(10)
  // `ne` also matches what has no such label, hosts among them: hence `has`.
  .namespaceSelector(and(has('projectcalico.org/name'), ne(label('allow-metadata'), 'true')))
  .types('Egress')
  .denyEgress({ destination: { nets: metadataServices } })

console.log(toYaml(security, blockMetadata))
