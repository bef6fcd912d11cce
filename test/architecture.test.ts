import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf, layerOf, typescript } from './imports.js'

const architecture = suite('architecture')

/** What each folder of src may import. CONTRIBUTING.md says the same in words. */
const layers: Readonly<Record<string, ReadonlyArray<string>>> = {
  error: [],
  async: [],
  net: [],
  model: ['net', 'error'],
  selector: ['error'],
  build: ['model', 'selector', 'error'],
  check: ['net', 'model', 'selector', 'error'],
  yaml: ['model', 'selector', 'check', 'error'],
  convert: ['net', 'model', 'selector', 'check', 'error'],
  policy: ['convert', 'yaml', 'check', 'net', 'model', 'selector', 'error'],
  cluster: ['async', 'error'],
  runner: ['cluster', 'policy', 'check', 'yaml', 'net', 'model', 'async', 'error'],
  testing: ['cluster', 'check', 'yaml', 'net', 'model', 'error'],
  fleet: ['runner', 'cluster', 'check', 'yaml', 'model', 'async', 'error'],
  cli: [
    'async',
    'fleet',
    'runner',
    'testing',
    'policy',
    'cluster',
    'convert',
    'yaml',
    'check',
    'build',
    'selector',
    'model',
    'error',
    'index',
  ],
  index: ['build', 'check', 'convert', 'yaml', 'selector', 'model', 'error'],
}

/** The wings of a layer, in the order of its work. Each imports the ones before it, never one after it. */
const wings: Readonly<Record<string, ReadonlyArray<string>>> = {
  'src/model': [
    'codec',
    'meta',
    'policy',
    'kubernetes',
    'staged',
    'bgp',
    'ipam',
    'host',
    'felix',
    'kube-controllers',
    'foreign',
    'storage',
  ],
  'src/check': ['engine', 'value', 'rule', 'kind'],
  'src/yaml': ['read', 'print', 'edit'],
  'src/policy': ['world', 'compile', 'evaluate', 'connectivity', 'query', 'prove', 'flows', 'expect', 'lint'],
  'src/cluster/memory': ['kinds', 'registry', 'admission', 'controllers', 'http', 'kubelet'],
  'src/runner': [
    'state',
    'plan',
    'permission',
    'world',
    'effect',
    'delete',
    'write',
    'calicoctl',
    'pod',
    'apply',
  ],
  'src/testing': ['calico', 'calicoctl'],
  'src/fleet': ['gardener', 'ocm', 'cluster', 'run', 'job'],
  'src/cli': ['input', 'settings', 'output', 'progress', 'typescript', 'completion', 'command'],
}

const sources = typescript('src')
const imports = sources.flatMap(importsOf)
const inner = imports.filter(({ to }) => to.startsWith('src/'))

architecture('imports go down the layers only', () => {
  const wrong = inner.filter(({ from, to }) => {
    const [a, b] = [layerOf(from), layerOf(to)]
    // An entry may pass on what another folder makes.
    return a !== b && !from.endsWith('/index.ts') && layers[a]?.includes(b) !== true
  })
  assert.equal(wrong, [])
})

architecture('a wing imports only the wings before it', () => {
  const wrong = Object.entries(wings).flatMap(([layer, names]) => {
    const wingOf = (file: string): string | undefined =>
      file.startsWith(`${layer}/`) ? names.find((name) => file.startsWith(`${layer}/${name}/`)) : undefined
    return inner.filter(({ from, to }) => {
      const [a, b] = [wingOf(from), wingOf(to)]
      return a !== undefined && b !== undefined && names.indexOf(b) > names.indexOf(a)
    })
  })
  assert.equal(wrong, [])
})

architecture('no two files of a layer have one name', () => {
  const seen = new Map<string, string>()
  const wrong = sources.flatMap((file) => {
    const key = `${layerOf(file)} ${basename(file)}`
    const twin = seen.get(key)
    seen.set(key, file)
    return twin === undefined ? [] : [`${twin} and ${file}`]
  })
  assert.equal(wrong, [])
})

architecture('a test that has the name of a file stands where that file stands', () => {
  const units = new Map(sources.map((file) => [`${layerOf(file)} ${basename(file)}`, file]))
  const wrong = typescript('test').flatMap((file) => {
    const unit = units.get(`${layerOf(file)} ${basename(file).replace('.test.ts', '.ts')}`)
    const place = unit?.replace('src/', 'test/').replace(/\.ts$/, '.test.ts')
    return file.endsWith('.test.ts') && place !== undefined && place !== file ? [`${file} tests ${unit}`] : []
  })
  assert.equal(wrong, [])
})

architecture('nothing imports an index but the command', () => {
  const wrong = inner.filter(
    ({ from, to }) => to.endsWith('/index.ts') && layerOf(from) !== 'cli' && !from.endsWith('index.ts'),
  )
  assert.equal(wrong, [])
})

architecture('there is no cycle', () => {
  const next = new Map<string, ReadonlyArray<string>>()
  for (const file of sources)
    next.set(
      file,
      inner.filter(({ from }) => from === file).map(({ to }) => to),
    )
  const done = new Set<string>()
  const visit = (file: string, path: ReadonlyArray<string>): void => {
    if (path.includes(file))
      assert.unreachable(`a cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`)
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of sources) visit(file, [])
})

architecture('only cluster/ knows client-node', () => {
  const wrong = imports.filter(({ from, to }) => to.startsWith('@kubernetes/') && layerOf(from) !== 'cluster')
  assert.equal(wrong, [])
})

architecture('cluster/ knows nothing of Calico', () => {
  const wrong = sources.filter(
    (file) => layerOf(file) === 'cluster' && /projectcalico/.test(readFileSync(file, 'utf8')),
  )
  assert.equal(wrong, [])
})

architecture('the pure entry needs nothing of Node', () => {
  const seen = new Set<string>()
  const queue = ['src/index.ts']
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const { to } of importsOf(file)) {
      assert.not(to.startsWith('node:') || to.startsWith('@kubernetes/'), `${file} imports ${to}`)
      if (to.startsWith('src/')) queue.push(to)
    }
  }
  assert.ok(seen.size > 20)
})

architecture('fp-ts is imported by paths that native ESM finds', () => {
  const wrong = imports.filter(({ to }) => to.startsWith('fp-ts') && !/^fp-ts\/lib\/\w+\.js$/.test(to))
  assert.equal(wrong, [])
})

architecture('no file is over 250 lines', () => {
  const long = ['src', 'test', 'examples', 'scripts']
    .flatMap(typescript)
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 250)
  assert.equal(long, [])
})

architecture('no function has more than four positional parameters', () => {
  const long = sources.flatMap((file) => {
    const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
    const found: Array<string> = []
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && node.parameters.length > 4)
        found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.pos).line + 1}`)
      ts.forEachChild(node, visit)
    }
    visit(tree)
    return found
  })
  assert.equal(long, [])
})

architecture('no test compares by assert.fixture, which does not see how lines are indented', () => {
  const wrong = typescript('test').filter(
    (file) => file !== 'test/architecture.test.ts' && readFileSync(file, 'utf8').includes('assert.fixture('),
  )
  assert.equal(wrong, [])
})

architecture('every folder of src has its line in CONTRIBUTING.md', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const missing = [...new Set(sources.map(layerOf))].filter(
    (layer) => layer !== 'index' && !text.includes(`\`src/${layer}`),
  )
  assert.equal(missing, [])
})

architecture('every wing has its line in CONTRIBUTING.md, in their order', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const places = Object.entries(wings).flatMap(([layer, names]) =>
    names.map((name) => text.indexOf(`| \`${layer.replace('src/', '')}/${name}\` |`)),
  )
  assert.not(places.includes(-1))
  for (const layer of Object.keys(wings)) {
    const folders = readdirSync(layer, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const unnamed = folders.filter(
      ({ name }) => !wings[layer]?.includes(name) && !(`${layer}/${name}` in wings),
    )
    assert.equal(
      unnamed.map(({ name }) => name),
      [],
    )
  }
})

architecture.run()
