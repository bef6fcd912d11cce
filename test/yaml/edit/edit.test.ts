import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain } from '../../../src/error.js'
import type { NetworkPolicy, NetworkPolicySpec } from '../../../src/model/policy/network-policy.js'
import type { Resource } from '../../../src/model/resource.js'
import { editYaml } from '../../../src/yaml/edit/edit.js'
import { commented } from '../../../src/yaml/print/comment.js'
import { accepted } from '../manifest.js'

const edit = suite('editYaml')

type Change = (resource: Resource) => Resource

const edited = (text: string, change: Change): string => {
  const result = editYaml(text, change)
  if (E.isLeft(result)) throw new Error(explain(result.left))
  return result.right
}

const withSpec =
  (change: (spec: NetworkPolicySpec) => NetworkPolicySpec): Change =>
  (resource) =>
    resource.kind === 'NetworkPolicy' ? { ...resource, spec: change(resource.spec) } : resource

const text = `# All policies of the shop.
---
# The first.
kind:   NetworkPolicy   # what it is
apiVersion: 'projectcalico.org/v3'
metadata:
    name: "api"   # its name

    annotations:
       note: |
         hello
         world
spec:
  # Which pods.
  selector: "role == 'web'"
  order: 10
  ingress:
    # one
    - action: Allow   # yes
      protocol: TCP
      destination: {ports: [80, "90:100"]}
    # two
    -   action: Deny
        source:
            nets:
            - 10.0.0.0/8 # ten
            - 192.168.0.0/16
---
kind: Tier
apiVersion: projectcalico.org/v3
metadata: {name: t}
spec: {order: 1}
`

/** The lines of the text, some of them replaced. */
const replaced = (...pairs: ReadonlyArray<readonly [string, string]>): string =>
  pairs.reduce((result, [from, to]) => {
    assert.ok(result.includes(from), from)
    return result.replace(from, to)
  }, text)

edit('leaves a text as it is when nothing changes', () => {
  assert.is(
    edited(text, (resource) => ({ ...resource })),
    text,
  )
  const windows = text.replaceAll('\n', '\r\n')
  assert.is(
    edited(windows, (resource) => resource),
    windows,
  )
})

edit('replaces a value and nothing else', () => {
  assert.is(
    edited(
      text,
      withSpec((spec) => ({ ...spec, selector: '!has(a)', order: 5 })),
    ),
    replaced(['"role == \'web\'"', '"!has(a)"'], ['order: 10', 'order: 5']),
  )
})

edit('removes keys with their lines', () => {
  assert.is(
    edited(
      text,
      withSpec(({ order: _, ...spec }) => spec),
    ),
    replaced(['  order: 10\n', '']),
  )
})

edit('adds keys at the end of their map', () => {
  assert.is(
    edited(
      text,
      withSpec((spec) => ({ ...spec, types: ['Ingress'], serviceAccountSelector: 'all()' })),
    ),
    replaced([
      '            - 192.168.0.0/16\n',
      '            - 192.168.0.0/16\n  serviceAccountSelector: all()\n  types:\n  - Ingress\n',
    ]),
  )
})

edit('adds items between others, with their indentation', () => {
  const spec = (old: NetworkPolicySpec): NetworkPolicySpec => {
    const [first, ...others] = old.ingress ?? []
    const rule = commented({ action: 'Log', protocol: 'UDP' } as const, 'new')
    return { ...old, ingress: first === undefined ? [rule] : [first, rule, ...others] }
  }
  assert.is(
    edited(text, withSpec(spec)),
    replaced([
      '      destination: {ports: [80, "90:100"]}\n',
      '      destination: {ports: [80, "90:100"]}\n    # new\n    - action: Log\n      protocol: UDP\n',
    ]),
  )
})

edit('adds an item before all others', () => {
  const result = edited(
    text,
    withSpec((spec) => ({ ...spec, ingress: [{ action: 'Pass' }, ...(spec.ingress ?? [])] })),
  )
  assert.is(
    result,
    replaced(['    - action: Allow   # yes', '    - action: Pass\n    - action: Allow   # yes']),
  )
})

edit('removes an item with its lines', () => {
  assert.is(
    edited(
      text,
      withSpec((spec) => ({ ...spec, ingress: spec.ingress?.slice(1) ?? [] })),
    ),
    replaced([
      '    - action: Allow   # yes\n      protocol: TCP\n      destination: {ports: [80, "90:100"]}\n',
      '',
    ]),
  )
})

edit('edits deep inside of an item', () => {
  const [allow, deny] = (accepted(text)[0] as NetworkPolicy).spec.ingress ?? []
  if (allow === undefined || deny === undefined) throw new Error('there are two rules')
  const nets = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
  assert.is(
    edited(
      text,
      withSpec((spec) => ({ ...spec, ingress: [allow, { ...deny, source: { nets } }] })),
    ),
    replaced([
      '            - 10.0.0.0/8 # ten\n',
      '            - 10.0.0.0/8 # ten\n            - 172.16.0.0/12\n',
    ]),
  )
})

edit('writes a map between braces anew when something in it changes', () => {
  const rename: Change = (resource) =>
    resource.kind === 'Tier' ? { ...resource, metadata: { name: 'u' } } : resource
  assert.is(edited(text, rename), replaced(['metadata: {name: t}', 'metadata:\n  name: u']))
})

edit('keeps JSON JSON', () => {
  const [first] = accepted(text)
  const result = edited(
    JSON.stringify(first),
    withSpec((spec) => ({ ...spec, order: 1 })),
  )
  assert.is(JSON.parse(result).spec.order, 1)
})

edit('writes a document anew where an alias would change what is not edited', () => {
  const aliased = replaced(
    ['selector: "role', 'serviceAccountSelector: &s "role'],
    ['  order: 10', '  order: 10\n  selector: *s'],
  )
  const result = edited(
    aliased,
    withSpec((spec) => ({ ...spec, serviceAccountSelector: 'all()' })),
  )
  const [resource] = accepted(result)
  assert.is(resource?.kind === 'NetworkPolicy' && resource.spec.selector, "role == 'web'")
  assert.is(resource?.kind === 'NetworkPolicy' && resource.spec.serviceAccountSelector, 'all()')
})

edit('refuses a text with issues, and a change that would make some', () => {
  assert.ok(E.isLeft(editYaml('a: b', (resource) => resource)))
  const result = editYaml(
    text,
    withSpec((spec) => ({ ...spec, selector: 'a = b' })),
  )
  assert.equal(
    E.isLeft(result) && result.left.issues.map(({ rule, at }) => `${rule} ${at?.line}:${at?.column}`),
    ['selector-operator 15:13'],
  )
})

edit.run()
