/** Pods of a tenant talk to each other, and the ingress controller to them; nobody else does. */
import { all, eq, networkPolicy, toYaml } from 'typed-calico'

const tenants = ['red', 'blue']

const isolated = tenants.map((tenant) =>
  networkPolicy('isolation', tenant)
    .order(100)
    // A selector without a namespaceSelector means the policy's own namespace.
    .allowIngress({ source: { selector: all() } })
    .allowIngress({
      protocol: 'TCP',
      source: { namespaceSelector: eq('kubernetes.io/metadata.name', 'ingress-nginx') },
      destination: { ports: [8080] },
    }),
)

console.log(toYaml(...isolated))
