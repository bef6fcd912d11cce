/** A namespace may reach what is on a list, and nothing else outside. */
import { eq, globalNetworkSet, networkPolicy, toYaml } from 'typed-calico'

const partners = globalNetworkSet('partners')
  .labels({ reach: 'partner' })
  .nets('192.0.2.0/24', '198.51.100.17/32')

const dns = { services: { name: 'kube-dns', namespace: 'kube-system' } } as const

const allowList = networkPolicy('egress-allow-list', 'shop')
  .order(100)
  .allowEgress({ destination: dns })
  .allowEgress({
    protocol: 'TCP',
    destination: { selector: eq('reach', 'partner'), namespaceSelector: 'global()', ports: [443] },
  })

console.log(toYaml(partners, allowList))
