/** Pods do not reach the nodes' kubelet, SSH and etcd ports; two kinds of pods that must, do. */
import { and, globalNetworkPolicy, label, ne, tier, toYaml } from 'typed-calico'

const nodes = '10.250.0.0/16'

const security = tier('security').order(500).defaultAction('Pass')

// Traffic from a pod to its own node never meets a host endpoint's policy: it is stopped where it leaves the pod.
const protectKubelet = globalNetworkPolicy('security.protect-kubelet')
  .tier('security')
  .order(20)
  .selector(and(ne('app', 'vpn-shoot'), ne('networking.gardener.cloud/to-kubelet', 'allowed')))
  .namespaceSelector(ne(label('projectcalico.org/name'), 'kube-system'))
  .types('Egress')
  .denyEgress({
    protocol: 'TCP',
    destination: { nets: [nodes], ports: [22, 2379, 2380, 10250, 10255, 10256] },
  })

console.log(toYaml(security, protectKubelet))
