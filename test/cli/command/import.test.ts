import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { denyYaml, webYaml } from './shop.js'

const importing = suite('typed-calico import')

const fromCluster = `apiVersion: projectcalico.org/v3
kind: NetworkPolicyList
items:
- apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata:
    name: default
    namespace: shop
    uid: 3fa2
    resourceVersion: "12"
    creationTimestamp: 2024-05-10T12:00:00Z
    labels: { typed-calico.projectcalico.org/owner: shop }
  spec:
    selector: role == "api" && !has(quarantined)
    egress:
    - action: Allow
      protocol: UDP
      destination:
        selector: k8s-app == "kube-dns"
        namespaceSelector: projectcalico.org/name == "kube-system"
        ports: [53]
`

const place = workshop({ 'all.yaml': `${webYaml}---\n${denyYaml}`, 'list.yaml': fromCluster })

importing('writes TypeScript by the builder, in the order of the input', async () => {
  const { code, stdout } = await place.call(['import', 'all.yaml'])
  assert.is(code, 0)
  assert.is(
    stdout,
    `import { globalNetworkPolicy, isIn, networkPolicy } from 'typed-calico'

export const web = networkPolicy('web', 'shop')
  .selector("app == 'web'")
  .allowIngress({ protocol: 'TCP', destination: { ports: [80] } })

export const deny = globalNetworkPolicy('deny')
  .order(900)
  .selector(isIn('projectcalico.org/namespace', ['shop', 'stock']))
  .denyIngress()

export default [web, deny]
`,
  )
})

importing('writes what renders to the same YAML', async () => {
  await place.call(['import', 'all.yaml', '--out', 'all.ts'])
  const { stdout } = await place.call(['render', 'all.ts'])
  assert.is(stdout, `${webYaml}---\n${denyYaml}`)
})

importing('leaves out what the server and the Runner have set, and writes selectors as calls', async () => {
  const { stdout } = await place.call(['import', 'list.yaml', '--selectors', 'calls'])
  assert.is(
    stdout,
    `import { and, eq, has, networkPolicy, not } from 'typed-calico'

export const networkPolicyDefault = networkPolicy('default', 'shop')
  .selector(and(eq('role', 'api'), not(has('quarantined'))))
  .allowEgress({
    protocol: 'UDP',
    destination: {
      selector: eq('k8s-app', 'kube-dns'),
      namespaceSelector: eq('projectcalico.org/name', 'kube-system'),
      ports: [53],
    },
  })
`,
  )
})

importing.after(place.remove)
importing.run()
