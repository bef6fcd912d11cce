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
