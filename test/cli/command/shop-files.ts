/** Manifests that the commands on worlds share. */
const deployment = (name: string, app: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, ports: [{ name: http, containerPort: 8080 }] }] }
---
`

export const workloadsYaml = `${deployment('web', 'web')}${deployment('api', 'api')}apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: stock }
spec:
  template:
    metadata: { labels: { app: db } }
    spec: {}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
`

/** Lets web into api by Kubernetes' own policy; `from` says who else. */
export const apiYaml = (from = 'matchLabels: { app: web }'): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress:
  - from: [{ podSelector: { ${from} } }]
    ports: [{ port: http }]
`

export const dbYaml = `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: db, namespace: stock }
spec:
  selector: app == 'db'
  ingress:
  - action: Allow
    protocol: TCP
    source: { selector: app == 'api', namespaceSelector: projectcalico.org/name == 'shop' }
    destination: { ports: [5432] }
`

/** A node with an endpoint of one interface, whose NodePort 30080 and own ports are closed. */
export const hostsYaml = `apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { addresses: [{ type: InternalIP, address: 192.0.2.1 }] }
---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: n1-eth0, labels: { host: n1 } }
spec: { node: n1, interfaceName: eth0 }
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: nodes }
spec:
  selector: host == 'n1'
  types: [Ingress]
  ingress: [{ action: Deny }]
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: node-ports }
spec:
  selector: host == 'n1'
  applyOnForward: true
  preDNAT: true
  types: [Ingress]
  ingress: [{ action: Deny, protocol: TCP, destination: { ports: [30080, 8080] } }]
`
