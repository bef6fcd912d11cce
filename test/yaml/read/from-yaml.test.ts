import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy } from '../../../src/index.js'
import { editYaml } from '../../../src/yaml/edit/edit.js'
import { fromYaml } from '../../../src/yaml/read/from-yaml.js'
import { accepted, named, policy, refused } from '../manifest.js'

const read = suite('fromYaml')

read('reads documents, empty ones between them', () => {
  const text = `# first\n---\n\n---\n${policy('a')}---\n${policy('b')}---\n# last\n`
  assert.equal(accepted(text), [named('a'), named('b')])
})

read('reads JSON, indented by tabs too', () => {
  assert.equal(accepted(JSON.stringify(named('a'))), [named('a')])
  assert.equal(accepted(JSON.stringify(named('a'), null, '\t')), [named('a')])
})

read('reads a list of resources', () => {
  assert.equal(accepted(JSON.stringify([named('a'), named('b')])), [named('a'), named('b')])
})

read('reads a typed list, also inside of a list', () => {
  const list = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicyList',
    metadata: {},
    items: [named('b')],
  }
  assert.equal(accepted(JSON.stringify(list)), [named('b')])
  assert.equal(accepted(JSON.stringify([named('a'), list])), [named('a'), named('b')])
})

read('refuses another kind in a typed list', () => {
  const list = { apiVersion: 'projectcalico.org/v3', kind: 'TierList', items: [named('g')] }
  assert.equal(refused(JSON.stringify(list)), ['list-kind'])
})

read('refuses an unknown key in a typed list', () => {
  const list = { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicyList', item: [] }
  assert.equal(refused(JSON.stringify(list)), ['unknown-key'])
})

read("refuses Kubernetes' List and the storage form, with a hint", () => {
  assert.equal(refused(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [named('a')] })), [
    'kubernetes-list',
  ])
  const stored = { ...named('a'), apiVersion: 'crd.projectcalico.org/v1' }
  const result = fromYaml(JSON.stringify(stored))
  assert.ok(E.isLeft(result) && result.left.issues[0].hint?.includes('fromStorage'))
})

read('refuses a text without a resource, as calicoctl does', () => {
  for (const text of ['', '# nothing\n', '---\n---\n', '[]', 'null'])
    assert.equal(refused(text), ['no-resources'], text)
})

read('refuses one name twice', () => {
  assert.equal(refused(`${policy('a')}---\n${policy('a')}`), ['duplicate-resource'])
  assert.equal(accepted(`${policy('a')}---\n${policy('a', 'shop')}`).length, 2)
})

read('checks for the version that is asked for', () => {
  const text = policy('a').replace('spec: {}', 'spec:\n  tier: default')
  assert.is(accepted(text).length, 1)
  assert.equal(refused(text, { calico: '3.28' }), ['newer-field'])
  assert.equal(refused(text, { calico: '2.6' }).length, 1)
})

read('takes numbers as Go takes them into the ports', () => {
  const text = policy('a').replace(
    'spec: {}',
    'spec:\n  ingress:\n  - action: Allow\n    protocol: TCP\n    destination: {ports: [0120, "080", 22:23, 8_0]}',
  )
  const [resource] = accepted(text)
  assert.equal(
    resource?.kind === 'NetworkPolicy' ? resource.spec.ingress?.[0]?.destination?.ports : undefined,
    [80, 80, '22:23', 80],
  )
})

read('refuses words that YAML reads as something else, where a text belongs', () => {
  for (const word of ['yes', '1.10', '0123', '1e3']) {
    assert.equal(refused(policy(word)), ['wrong-type'], word)
    assert.equal(
      refused(`${policy('a').replace('name: a', `name: a\n  labels: {${word}: b}`)}`),
      ['key-not-text'],
      word,
    )
  }
})

read('refuses what a tag would make of a selector', () => {
  assert.equal(refused(policy('a').replace('spec: {}', 'spec:\n  selector: !has(a)')), ['tag'])
  assert.is(accepted(policy('a').replace('spec: {}', 'spec:\n  selector: !!str all()')).length, 1)
})

read('refuses equal keys, and takes the last when lenient up to Calico 3.31', () => {
  const text = policy('a').replace('spec: {}', 'spec: {order: 1, order: 2}')
  assert.equal(refused(text), ['duplicate-key'])
  const [resource] = accepted(text, { lenient: true, calico: '3.31' })
  assert.is(resource?.kind === 'NetworkPolicy' && resource.spec.order, 2)
  assert.equal(refused(text, { lenient: true, calico: '3.32' }), ['duplicate-key'])
  assert.equal(refused(text, { lenient: true }), ['duplicate-key'])
})

read('takes keys in any case, numbers for texts and misread keys when lenient', () => {
  const text = policy('1')
    .replace('spec: {}', 'spec: {Selector: all()}')
    .replace('name: 1', 'Name: 1\n  labels: {yes: 1e3}')
  const [resource] = accepted(text, { lenient: true })
  assert.equal(resource?.metadata, { name: '1', labels: { true: '1000' } })
})

read('expands aliases and merges', () => {
  const text = policy('a').replace(
    'spec: {}',
    'spec:\n  selector: &s all()\n  serviceAccountSelector: *s\n  ingress:\n  - &r\n    action: Allow\n  - <<: *r\n    protocol: TCP',
  )
  const [resource] = accepted(text)
  assert.equal(resource?.spec, {
    selector: 'all()',
    serviceAccountSelector: 'all()',
    ingress: [{ action: 'Allow' }, { action: 'Allow', protocol: 'TCP' }],
  })
})

read('refuses a merge that YAML and calicoctl read in two ways', () => {
  const rules = '  - &r\n    action: Allow\n  - action: Deny\n    <<: *r'
  assert.equal(refused(policy('a').replace('spec: {}', `spec:\n  ingress:\n${rules}`)), ['merge'])
})

read('keeps the last line of a block text as calicoctl does, with and without a line break', () => {
  const text = (end: string) =>
    `${JSON.stringify(named('z'))}\n---\nkind: NetworkPolicy\napiVersion: projectcalico.org/v3\nspec: {}\nmetadata:\n  name: a\n  annotations:\n    note: |\n      x\n      y${end}`
  assert.is(accepted(text('\n'))[1]?.metadata.annotations?.note, 'x\ny\n')
  assert.is(accepted(text(''))[1]?.metadata.annotations?.note, 'x\ny')
  assert.is(accepted(text('\n---\n'))[1]?.metadata.annotations?.note, 'x\ny')
  assert.is(accepted(text('\r\n---\r\n'))[1]?.metadata.annotations?.note, 'x\ny\n')
})

read('refuses what is no text, as an issue', () => {
  for (const [text, what] of [
    [undefined, 'nothing'],
    [5, '5'],
    [networkPolicy('a', 'shop'), 'a map'],
  ] as const) {
    const given = text as unknown as string
    for (const result of [fromYaml(given), editYaml(given, (it) => it)])
      assert.is(
        result._tag === 'Left' && result.left.issues[0].message,
        `expected a text of YAML or JSON, got ${what}`,
      )
  }
})

read.run()
