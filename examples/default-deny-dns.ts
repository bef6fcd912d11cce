/** Everything is denied but DNS, in all namespaces that are not the cluster's own. */
import { and, eq, globalNetworkPolicy, has, label, notIn, toYaml } from 'typed-calico'

const namespace = label('projectcalico.org/name')
const system = ['kube-system', 'kube-public', 'calico-system', 'calico-apiserver', 'tigera-operator'] as const

// CoreDNS listens on 53, its pods in some clusters on 8053.
const dns = {
  selector: eq('k8s-app', 'kube-dns'),
  namespaceSelector: eq(namespace, 'kube-system'),
  ports: [53, 8053],
} as const

const defaultDeny = globalNetworkPolicy('default-deny')
  .order(2000)
  // `notIn` also matches what has no such label, hosts among them: hence `has`.
  .namespaceSelector(and(has(namespace), notIn(namespace, system)))
  .types('Ingress', 'Egress')
  .allowEgress({ protocol: 'UDP', destination: dns })
  .allowEgress({ protocol: 'TCP', destination: dns })

console.log(toYaml(defaultDeny))
