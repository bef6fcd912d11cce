import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain, type Issue } from '../../../src/error.js'
import { fromYaml } from '../../../src/yaml/read/from-yaml.js'
import { policy } from '../manifest.js'

const places = suite('issues of a text')

const issuesOf = (text: string): ReadonlyArray<Issue> => {
  const read = fromYaml(text)
  return E.isLeft(read) ? read.left.issues : []
}

const placesOf = (text: string): ReadonlyArray<string> =>
  issuesOf(text).map(({ rule, at }) => `${rule} ${at?.line}:${at?.column}`)

const broken = [
  'apiVersion: projectcalico.org/v3',
  'kind: NetworkPolicy',
  'metadata:',
  '  name: yes',
  'spec:',
  '  selectr: all()',
  '  order: 1',
  '  order: 2',
  '  ingress:',
  '  - action: allow',
  '    destination: {ports: [0]}',
  '---',
  'apiVersion: projectcalico.org/v3',
  'kind: Tier',
  'metadata:',
  '  name: @a',
  '---',
  "- {apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: t}, spec: {order: 'x'}}",
  '',
].join('\n')

places('are all told, of all documents, in the order of the text', () => {
  assert.equal(placesOf(broken), [
    'wrong-type 4:9',
    'unknown-key 6:3',
    'duplicate-key 8:3',
    'unknown-value 10:13',
    'ports-need-protocol 11:26',
    'port-number 11:27',
    'yaml-syntax 16:9',
    'wrong-type 18:85',
  ])
})

places('count columns the same in a text of Windows', () => {
  assert.equal(placesOf(broken.replaceAll('\n', '\r\n')), placesOf(broken))
})

places('have a frame with a caret below the place', () => {
  const [, issue] = issuesOf(broken)
  assert.is(issue?.frame, '6 |   selectr: all()\n  |   ^')
})

places('have their way from the root of the resource, and its name', () => {
  const [issue] = issuesOf(
    policy('a', 'shop').replace('spec: {}', 'spec: {ingress: [{action: Allow, protocl: TCP}]}'),
  )
  assert.equal(issue?.path, ['spec', 'ingress', 0, 'protocl'])
  assert.is(issue?.resource, 'NetworkPolicy(shop/a)')
  assert.is(issue?.hint, 'did you mean "protocol"?')
})

places('of a selector show the selector, at the place of the value', () => {
  const [issue] = issuesOf(policy('a').replace('spec: {}', "spec:\n  selector: a = 'b'"))
  assert.equal(issue?.at, { line: 6, column: 13 })
  assert.is(issue?.frame, "a = 'b'\n  ^")
})

places('of what is missing are where it would be', () => {
  assert.equal(placesOf('apiVersion: projectcalico.org/v3\nkind: Tier\nspec: {}\n'), ['missing-key 1:1'])
  assert.equal(placesOf('apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata:\nspec: {}\n'), [
    'missing-key 3:1',
  ])
})

places('of a long line show a part of it', () => {
  const [issue] = issuesOf(`# ${'x'.repeat(100_000)}\n{a: ${'b'.repeat(100_000)}, c: *d}`)
  assert.ok((issue?.frame?.length ?? 1000) < 250, issue?.frame)
})

places('are explained for a person', () => {
  const read = fromYaml(policy('a').replace('spec: {}', 'spec:\n  selector: !has(a)'))
  assert.is(
    E.isLeft(read) && explain(read.left),
    [
      'Invalid: 1 issue',
      '  line 6, column 13: a "!" begins a tag, which calicoctl drops [tag]',
      '    6 |   selector: !has(a)',
      '      |             ^',
      '    → put the whole value in quotes',
    ].join('\n'),
  )
})

places.run()
