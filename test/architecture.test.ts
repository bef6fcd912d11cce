import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const architecture = suite('architecture')

/** What each folder of src may import. CONTRIBUTING.md says the same in words. */
const layers: Readonly<Record<string, ReadonlyArray<string>>> = {
  error: [],
  model: ['error'],
  selector: ['error'],
  build: ['model', 'selector', 'error'],
  check: ['model', 'selector', 'error'],
  yaml: ['model', 'selector', 'check', 'error'],
  convert: ['model', 'selector', 'check', 'error'],
  policy: ['model', 'selector', 'error'],
  cluster: ['error'],
  runner: ['cluster', 'policy', 'check', 'yaml', 'model', 'error'],
  testing: ['cluster', 'check', 'yaml', 'model', 'error'],
  cli: [
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

const typescript = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => join(folder, file))

const layerOf = (file: string): string => {
  const [, first = ''] = file.split('/')
  return first.replace(/\.ts$/, '')
}

interface Import {
  readonly from: string
  readonly to: string
}

const importsOf = (file: string): ReadonlyArray<Import> =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map(([, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? normalize(join(dirname(file), to.replace(/\.js$/, '.ts'))) : to,
  }))

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

architecture('every folder of src has its line in CONTRIBUTING.md', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const missing = [...new Set(sources.map(layerOf))].filter(
    (layer) => layer !== 'index' && !text.includes(`\`src/${layer}`),
  )
  assert.equal(missing, [])
})

architecture.run()
