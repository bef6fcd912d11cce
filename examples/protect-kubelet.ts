/** Pods do not reach the nodes' kubelet, SSH and etcd ports; two kinds of pods that must, do. */
import { and, globalNetworkPolicy, has, label, ne, tier, toYaml } from 'typed-calico'

const nodes = '10.250.0.0/16'
const namespace = label('projectcalico.org/name')

const security = tier('security').order(500).defaultAction('Pass')

// Traffic from a pod to its own node never meets a host endpoint's policy: it is stopped where it leaves the pod.
const protectKubelet = globalNetworkPolicy('security.protect-kubelet')
  .tier('security')
  .order(20)
  .selector(and(ne('app', 'vpn-shoot'), ne('networking.gardener.cloud/to-kubelet', 'allowed')))
  .namespaceSelector(and(has(namespace), ne(namespace, 'kube-system')))
  .types('Egress')
  .denyEgress({
    protocol: 'TCP',
    destination: { nets: [nodes], ports: [22, 2379, 2380, 10250, 10255, 10256] },
  })

console.log(toYaml(security, protectKubelet))
