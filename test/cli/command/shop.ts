/** Files that the tests of several commands share. */
export const webYaml = `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  selector: app == 'web'
  types:
  - Ingress
  ingress:
  - action: Allow
    protocol: TCP
    destination:
      ports:
      - 80
`

export const denyModule = `import { globalNetworkPolicy, label, isIn } from 'typed-calico'

const namespace = label('projectcalico.org/namespace')

export const deny = globalNetworkPolicy('deny')
  .order(900)
  .selector(isIn(namespace, ['shop', 'stock']))
  .denyIngress()
`

export const denyYaml = `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: deny
spec:
  order: 900
  selector: projectcalico.org/namespace in {"shop", "stock"}
  types:
  - Ingress
  ingress:
  - action: Deny
`

/** Two mistakes: an operator that is none, and ports without a protocol. */
export const brokenYaml = `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  selector: app = 'api'
  ingress:
  - action: Allow
    destination:
      ports: [8080]
`
