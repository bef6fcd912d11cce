import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convertForLint } from '../../../src/cli/input/convert-policy.js'
import { type LoadOptions, loadInputs } from '../../../src/cli/input/load.js'
import type { Loaded } from '../../../src/cli/input/loaded.js'
import { explainIssue, orThrow } from '../../../src/error.js'
import { toYaml } from '../../../src/yaml/print/print.js'

const loading = suite('loadInputs')

const load = async (
  files: Readonly<Record<string, string>>,
  options: LoadOptions = {},
): Promise<{ readonly files: ReadonlyArray<Loaded>; readonly skippedFiles: ReadonlyArray<string> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'typed-calico-load-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return orThrow(await loadInputs([folder], options)())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const one = async (text: string, options: LoadOptions = {}): Promise<Loaded> => {
  const [file] = (await load({ 'a.yaml': text }, options)).files
  if (file === undefined) throw new Error('nothing was loaded')
  return file
}

const rules = ({ issues }: Loaded): ReadonlyArray<string> => issues.map(({ rule }) => rule)

const policy = (name: string, more: object = {}): object => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'shop', ...more },
  spec: { types: ['Ingress'] },
})

const list = (...items: ReadonlyArray<unknown>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items })

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: {} }

const kubernetes = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
  status: {},
}

loading("reads a List of Kubernetes', and skips and keeps what in it is not Calico's", async () => {
  const { resources, skipped, issues } = await one(list(policy('a'), deployment, policy('b')))
  assert.equal(issues, [])
  assert.equal(
    resources.map(({ metadata }) => metadata.name),
    ['a', 'b'],
  )
  assert.equal(skipped, [deployment])
})

loading('reads lists as the API server answers with them, whose items do not say their kind', async () => {
  const { apiVersion: _, kind: __, ...bare } = policy('a') as Record<string, unknown>
  const answer = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicyList',
    metadata: {},
    items: [bare],
  }
  assert.equal((await one(JSON.stringify(answer))).resources.length, 1)
})

loading('reads the stored form as what it is', async () => {
  const kept = { labels: { team: 'core' }, uid: 'x', creationTimestamp: '2024-05-10T12:00:00Z' }
  const stored = {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: 'default.web',
      namespace: 'shop',
      uid: 'y',
      resourceVersion: '7',
      annotations: { 'projectcalico.org/metadata': JSON.stringify(kept) },
    },
    spec: { types: ['Ingress'] },
  }
  const { resources, notes } = await one(list(stored), { dropServerMetadata: true })
  assert.is(
    toYaml(...resources),
    [
      'apiVersion: projectcalico.org/v3',
      'kind: NetworkPolicy',
      'metadata:',
      '  name: web',
      '  namespace: shop',
      '  labels:',
      '    team: core',
      'spec:',
      '  types:',
      '  - Ingress',
      '',
    ].join('\n'),
  )
  assert.equal(notes, ['left out what the server had set: resourceVersion, creationTimestamp'])
})

loading('shows an issue of a stored object at its place in the text', async () => {
  const text = [
    'apiVersion: crd.projectcalico.org/v1',
    'kind: GlobalNetworkPolicy',
    'metadata:',
    '  name: default.web',
    'spec:',
    "  selector: role = 'web'",
    '',
  ].join('\n')
  const { issues } = await one(text)
  assert.equal(
    issues.map(({ rule, at }) => [rule, at?.line]),
    [['selector-operator', 6]],
  )
})

loading('refuses a resourceVersion where it matters, and leaves it out where it does not', async () => {
  const exported = list(policy('a', { resourceVersion: '12', uid: 'x' }))
  assert.equal(rules(await one(exported)), ['resource-version-on-create'])
  const { issues, notes } = await one(exported, { dropServerMetadata: true })
  assert.equal([issues, notes], [[], ['left out what the server had set: uid, resourceVersion']])
})

loading("reads a folder of mixed files, and refuses what is not Calico's where that is wanted", async () => {
  const files = {
    'calico.yaml': JSON.stringify(policy('a')),
    'all.yaml': `${JSON.stringify(deployment)}\n---\n${JSON.stringify(kubernetes)}\n`,
    // Not as tidy as YAML of Calico's has to be, and no concern of ours.
    'other.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: { yes: 1, yes: 2, tag: !x y }\n',
    'kustomization.yaml': 'resources:\n- calico.yaml\n',
  }
  const loaded = await load(files)
  assert.equal(
    loaded.files.map(({ resources, skipped, issues }) => [resources.length, skipped.length, issues.length]),
    [
      [0, 2, 0],
      [1, 0, 0],
      [0, 1, 0],
    ],
  )
  assert.equal(loaded.skippedFiles.length, 1)
  const strict = await load(files, { strict: true })
  assert.equal(strict.files.slice(0, 2).map(rules), [['unknown-kind', 'kubernetes-policy'], []])
})

loading('skips nothing that may be a misspelt resource', async () => {
  const text = JSON.stringify({ ...policy('a'), apiVersion: 'projectcalcio.org/v3' })
  assert.equal(rules(await one(text)), ['unknown-value'])
})

loading('says of a template that the chart is to be rendered first', async () => {
  const text = [
    '{{- if .Values.enabled }}',
    'apiVersion: projectcalico.org/v3',
    'kind: NetworkPolicy',
    'metadata:',
    '  name: {{ .Release.Name }}-api',
    '{{- end }}',
    '',
  ].join('\n')
  const { issues } = await one(text)
  assert.equal(issues.length, 1)
  assert.match(
    issues.map(explainIssue).join('\n'),
    /line 1, column 1: this is a template.*\n[\s\S]*render the chart first/,
  )
  assert.equal(rules(await one('kind: NetworkPolicy\nmetadata:\n  name: {{ .Release.Name }}\n')), [
    'template',
  ])
})

loading(
  'takes the policies of Kubernetes for lint, beside those of Calico that have their names',
  async () => {
    const text = list(kubernetes, policy('web'))
    const { resources, issues } = await one(text, { foreign: convertForLint })
    assert.equal(issues, [])
    assert.equal(
      resources.map(({ metadata }) => metadata.name),
      ['knp.default.web', 'web'],
    )
  },
)

loading('keeps the comments of each resource where they are asked for, and counts the others', async () => {
  const text = `# why\n${JSON.stringify(policy('a'))}\n---\nkind: Namespace # not ours\napiVersion: v1\n`
  const { comments, notes } = await one(text, { keepComments: true })
  assert.equal(comments, [[{ path: [], place: 'above', text: '# why' }]])
  assert.equal(notes, ['not kept: 1 of its comments, about no resource'])
  assert.equal((await one(text)).notes, [])
  assert.equal((await one(JSON.stringify(policy('a')), { keepComments: true })).notes, [])
})

loading.run()
