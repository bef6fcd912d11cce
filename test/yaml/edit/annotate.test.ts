import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import type { Resource } from '../../../src/model/resource.js'
import { annotate } from '../../../src/yaml/edit/annotate.js'
import { toYaml } from '../../../src/yaml/print/print.js'
import { commentsOf } from '../../../src/yaml/read/comments.js'
import { readPlaced } from '../../../src/yaml/read/from-yaml.js'
import { calicoctlReader } from '../../../src/yaml/read/gather.js'

const annotating = suite('comments of a text, in the same resources printed anew')

const again = (text: string) => {
  const { found } = orThrow(readPlaced(text, calicoctlReader({})))
  const { each, lost } = commentsOf(text, found)
  const printed = annotate(toYaml(...found.map(({ resource }) => resource)), each)
  return { text: printed.text, lost: printed.lost + lost }
}

const policy = `# Of team shop.
apiVersion: projectcalico.org/v3
kind: NetworkPolicy # ours
metadata:
  name: api
  namespace: shop
spec:
  # Before all others.
  order: 10 # see the runbook
  selector: "app == 'a # b'"
  types:
  - Ingress
  ingress:
  # The web tier.
  - action: Allow # for now
    protocol: TCP
    source:
      nets:
      # the office
      - 10.0.0.0/8 # all of it
      - 192.0.2.0/24
    destination:
      ports:
      - 80
      # and TLS
      - 443
# The end.
`

annotating('what is printed as it was written keeps every comment in its place', () => {
  assert.equal(again(policy), { text: policy, lost: 0 })
})

annotating('they go with their fields, whatever the order and the way of writing', () => {
  const text = `# License.
---  # the first
kind: GlobalNetworkSet
apiVersion: projectcalico.org/v3
spec: {nets: [10.0.0.0/8, 192.0.2.0/24]} # ours
metadata:
  # b before a
  labels: {b: '1', a: '2'}
  name: nets
---
# the second
kind: GlobalNetworkSet
apiVersion: projectcalico.org/v3
metadata: {name: more}
spec: # none
  nets: []
---
# Nothing more.
`
  assert.equal(again(text), {
    text: `# License.
# the first
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata:
  name: nets
  # b before a
  labels:
    a: "2"
    b: "1"
spec: # ours
  nets:
  - 10.0.0.0/8
  - 192.0.2.0/24
---
# the second
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata:
  name: more
spec: # none
  nets: []
# Nothing more.
`,
    lost: 0,
  })
})

annotating('of a list, each resource has its own', () => {
  const text = `# The list.
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSetList
items:
# the one
- apiVersion: projectcalico.org/v3
  kind: GlobalNetworkSet
  metadata: {name: a}
  spec: {nets: [10.0.0.0/8]} # its nets
# the other
- {apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: b}, spec: {}}
`
  const found = again(text)
  assert.is(found.lost, 0)
  assert.match(found.text, /^# The list\.\n# the one\napiVersion/)
  assert.match(found.text, 'spec: # its nets\n')
  assert.match(found.text, '---\n# the other\napiVersion')
})

annotating('one that is about nothing in the output is counted', () => {
  const { found } = orThrow(readPlaced(policy, calicoctlReader({})))
  const { each } = commentsOf(policy, found)
  const without = found.map(({ resource }) => ({ ...resource, spec: { types: ['Ingress'] } }) as Resource)
  assert.is(annotate(toYaml(...without), each).lost, 7)
})

annotating.run()
