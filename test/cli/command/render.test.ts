import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { brokenYaml, denyModule, denyYaml, webYaml } from './shop.js'

const render = suite('typed-calico render')
const place = workshop({
  'policies/a/web.yaml': webYaml,
  'policies/b.ts': denyModule,
  'policies/b.test.ts': "throw new Error('a test is no input')\n",
  'policies/labels.ts': "export const role = 'web'\nexport const makes = () => 1\n",
  'policies/package.json': '{ "name": "policies", "type": "module" }\n',
  'policies/node_modules/x/x.yaml': 'kind: Nothing\n',
  'order.mjs': `const policy = (name) => ({
  apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec: {},
})
export const a = policy('a')
export const b = Promise.resolve(policy('b'))
export default [b, [a]]
`,
  'common.cjs': `exports.a = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'a' }, spec: {} }\n`,
  'talks.mjs': `console.log('loading')
export const a = { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'a' }, spec: {} }
`,
  'old/package.json': '{ "type": "commonjs" }\n',
  'old/import.js': "import 'node:fs'\n",
  'old/export.js': 'export const a = 1\n',
  'noted.yaml': `# Of team shop.
${webYaml.replace('spec:\n', '  uid: x # not ours\nspec: # all of it\n')}`,
  'broken.yaml': brokenYaml,
  'throws.ts': "export const x: number = 1\n\nthrow new TypeError('no such region')\n",
})

render('prints the files of a folder by name, and says which it passed over', async () => {
  const { code, stdout, stderr } = await place.call(['render', 'policies'])
  assert.is(stdout, `${webYaml}---\n${denyYaml}`)
  assert.is(
    stderr,
    'skipped policies/labels.ts: no resource in it\n' + 'skipped policies/package.json: no resource in it\n',
  )
  assert.is(code, 0)
})

render('takes the default export first, awaits promises, and prints each resource once', async () => {
  const { stdout } = await place.call(['render', 'order.mjs', 'common.cjs'])
  assert.equal(stdout.match(/name: .*/g), ['name: b', 'name: a', 'name: a'])
  assert.match(stdout, /kind: Tier/)
})

render('keeps what a module prints out of the results', async () => {
  const { stdout, stderr } = await place.call(['render', 'talks.mjs', '--format', 'json'])
  assert.is(JSON.parse(stdout).kind, 'Tier')
  assert.is(stderr, 'loading\n')
})

render('says what makes Node take a file for a module', async () => {
  for (const file of ['old/import.js', 'old/export.js']) {
    const { stderr } = await place.call(['render', file])
    assert.match(stderr, '→ Node reads it as CommonJS: `npm pkg set type=module`, or name the file .mjs')
  }
})

render('reads stdin, and prints JSON', async () => {
  const { stdout } = await place.call(['render', '-', '--format', 'json'], { stdin: webYaml })
  assert.equal(JSON.parse(stdout).spec.ingress[0].destination, { ports: [80] })
})

render('writes a file where one is named, and nothing to stdout', async () => {
  const { code, stdout } = await place.call(['render', 'policies/b.ts', '-o', 'out.yaml'])
  assert.is(readFileSync(join(place.folder, 'out.yaml'), 'utf8'), denyYaml)
  assert.equal([code, stdout], [0, ''])
})

render('prints nothing of what Calico would refuse, and says where it is', async () => {
  const { code, stdout, stderr } = await place.call(['render', 'policies', 'broken.yaml'])
  assert.equal([code, stdout], [1, ''])
  assert.match(stderr, 'broken.yaml:5:13 · NetworkPolicy(shop/api) · spec.selector: ')
  assert.match(stderr, /^ +→ Did you mean `==`\?$/m)
})

render('tells a module that throws by its place, without a stack trace', async () => {
  const { code, stderr } = await place.call(['render', 'throws.ts'])
  assert.is(code, 66)
  assert.is(
    stderr,
    'BadModule: throws.ts cannot be loaded: TypeError: no such region (throws.ts:3:7)\n' +
      '  → fix the module: it is run to find out what it exports\n',
  )
})

render('loads TypeScript by Node where it can, and says what to install where it cannot', async () => {
  const tier = "{ apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 'a' }, spec: {} }"
  const bare = workshop({ 'tier.ts': `export const tier: object = ${tier}\n` })
  rmSync(join(bare.folder, 'node_modules'))
  const { code, stderr } = await bare.call(['render', 'tier.ts'])
  bare.remove()
  if ('typescript' in process.features && process.features.typescript) return assert.is(code, 0)
  assert.is(code, 66)
  assert.match(
    stderr,
    '→ this version of Node cannot read TypeScript: `npm install --save-dev tsx`, or use Node 22.18 or newer',
  )
})

render('refuses a module by name that exports no resource', async () => {
  const { code, stderr } = await place.call(['render', 'policies/labels.ts'])
  assert.is(code, 66)
  assert.match(stderr, 'functions are not called')
})

render('refuses a resource that is in two files', async () => {
  const { code, stderr } = await place.call(['render', 'policies', '-'], { stdin: webYaml })
  assert.is(code, 1)
  assert.match(stderr, /<stdin>:4:9|<stdin> · NetworkPolicy/)
  assert.match(stderr, 'NetworkPolicy(shop/web) is also in policies/a/web.yaml')
})

render('prints the form in which a release stores resources, and asks which release that is', async () => {
  const form = ['render', '-', '--as', 'storage']
  const [unknown, stored] = await Promise.all([
    place.call(form, { stdin: webYaml }),
    place.call([...form, '--calico', '3.28.5'], { stdin: webYaml }),
  ])
  assert.is(unknown?.code, 64)
  assert.match(unknown?.stderr ?? '', 'BadUsage: --as storage needs --calico')
  assert.match(
    stored?.stdout ?? '',
    /^apiVersion: crd.projectcalico.org\/v1\nkind: NetworkPolicy\nmetadata:\n {2}name: default.web\n/,
  )
})

render('says what is no file, and how it is called', async () => {
  const [missing, option, command] = await Promise.all([
    place.call(['render', 'nowhere']),
    place.call(['render', 'policies', '--calico', 'new']),
    place.call(['rendr']),
  ])
  assert.equal([missing?.code, option?.code, command?.code], [66, 64, 64])
  assert.match(missing?.stderr ?? '', 'NoInput: nowhere cannot be read: no such file or folder')
  assert.match(option?.stderr ?? '', '"new" is not a version of Calico')
  assert.match(command?.stderr ?? '', 'Did you mean render?')
})

render.after(place.remove)
render('keeps the comments of a text beside what they are about, and counts the others', async () => {
  const { code, stdout, stderr } = await place.call(['render', 'noted.yaml'])
  assert.is(stdout, `# Of team shop.\n${webYaml.replace('spec:\n', 'spec: # all of it\n')}`)
  assert.match(stderr, 'not kept: 1 comment, about fields that are not in the output\n')
  assert.is(code, 0)
  const asJson = await place.call(['render', 'noted.yaml', '--format', 'json'])
  assert.match(asJson.stderr, 'not kept: 3 comments, which JSON cannot have\n')
})

render.run()
