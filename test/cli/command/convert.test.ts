import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { fromYaml } from '../../../src/yaml/read/from-yaml.js'
import { workshop } from '../workshop.js'
import { webYaml } from './shop.js'

const convert = suite('typed-calico convert')

const release = `---
# Source: shop/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { replicas: yes }
---
# Source: shop/templates/policy.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
  - ports: [{ port: 80 }]
  egress:
  - to: [{ ipBlock: { cidr: 10.0.0.0/8 } }]
`

const list = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'db', namespace: 'shop', uid: 'x', creationTimestamp: '2024-05-10T12:00:00Z' },
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0' } }] }],
      },
    },
  ],
})

const place = workshop({ 'release.yaml': release, 'list.json': list, 'calico.yaml': webYaml })

convert('finds the policies among other objects, and says what it skipped', async () => {
  const { code, stdout, stderr } = await place.call(['convert', 'release.yaml'])
  assert.is(stderr, 'skipped in release.yaml: 1 Deployment\n')
  assert.is(code, 0)
  const [policy] = orThrow(fromYaml(stdout))
  assert.equal(policy?.metadata, { name: 'web', namespace: 'shop' })
})

convert('takes a policy with egress rules for both directions, as the API server does', async () => {
  const { stdout } = await place.call(['convert', '-'], { stdin: release })
  assert.match(stdout, '  types:\n  - Ingress\n  - Egress\n')
})

convert('refuses what Calico would take for more than it says, with its place', async () => {
  const { code, stdout, stderr } = await place.call(['convert', 'list.json'])
  assert.equal([code, stdout], [1, ''])
  assert.match(stderr, /^ {2}list\.json:1:\d+ · NetworkPolicy\(shop\/db\) · spec\.ingress\[0\]\./m)
})

convert('refuses an input without a policy of Kubernetes', async () => {
  const { code, stderr } = await place.call(['convert', 'calico.yaml'])
  assert.is(code, 66)
  assert.match(stderr, 'skipped in calico.yaml: 1 NetworkPolicy of projectcalico.org/v3')
})

convert('prints what check accepts', async () => {
  const { stdout } = await place.call(['convert', 'release.yaml', '--calico', '3.20'])
  assert.ok(E.isRight(fromYaml(stdout, { calico: '3.20' })))
})

convert.after(place.remove)
convert.run()
