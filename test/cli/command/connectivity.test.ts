import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { apiYaml, dbYaml, workloadsYaml } from './shop-files.js'

const connectivity = suite('typed-calico connectivity')
const place = workshop({
  'all/workloads.yaml': workloadsYaml,
  'all/api.yaml': apiYaml(),
  'all/db.yaml': dbYaml,
  // What a folder may have beside manifests.
  'all/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'all/world.json': '{ "format": "typed-calico/world", "world": { "pods": [{ "kind": "Pod" }] } }',
})
const ask = (...args: ReadonlyArray<string>) => place.call(['connectivity', 'all', ...args])

connectivity('says who can talk to whom, the outside included', async () => {
  const { code, stdout } = await ask()
  assert.is(code, 0)
  assert.is(
    stdout,
    `shop/web, shop/api, stock/db → shop/web, outside (0.0.0.0/0): everything
shop/web → shop/api: TCP 8080
shop/web → stock/db: nothing
shop/api → shop/api: nothing
shop/api → stock/db: TCP 5432
stock/db, outside (0.0.0.0/0) → shop/api, stock/db: nothing
outside (0.0.0.0/0) → shop/web: everything
`,
  )
  assert.not.match((await ask('--no-outside')).stdout, 'outside')
})

connectivity('keeps to a pod or a namespace', async () => {
  const ofWeb = (await ask('--focus', 'shop/web', '--no-outside')).stdout.trim().split('\n')
  assert.ok(ofWeb.length === 3 && ofWeb.every((line) => line.includes('shop/web')))
  const ofStock = (await ask('-n', 'stock', '--no-outside')).stdout.trim().split('\n')
  assert.ok(ofStock.every((line) => line.includes('stock/')))
  const { code, stderr } = await ask('--focus', 'db')
  assert.is(code, 1)
  assert.match(stderr, 'did you mean stock/db?')
})

connectivity('prints for tables, tools and pictures, and into a file', async () => {
  assert.match((await ask('--output', 'csv')).stdout, '"shop/web","shop/api","TCP 8080",""')
  assert.match((await ask('--output', 'markdown')).stdout, '| shop/web | shop/api | TCP 8080 |')
  assert.match((await ask('--output', 'mermaid')).stdout, /^flowchart LR\n/)
  assert.match((await ask('--output', 'dot')).stdout, /^digraph/)
  const focused = JSON.parse((await ask('--output', 'json', '--focus', 'stock/db')).stdout)
  assert.ok(
    focused.connections.every(
      ({ from, to }: { from: number; to: number }) => focused.classes[from] && focused.classes[to],
    ),
  )
  assert.is((await ask('--output', 'dot', '--out', 'map.dot')).stdout, '')
  assert.match(readFileSync(join(place.folder, 'map.dot'), 'utf8'), 'shop/web')
})

connectivity('refuses a namespace without pods, a network for a pod, and says what is meant', async () => {
  const misspelt = await ask('-n', 'stokc')
  assert.is(misspelt.code, 1)
  assert.match(misspelt.stderr, /there is no pod in a namespace stokc.*did you mean stock\?/s)
  const elsewhere = await ask('--focus', '203.0.113.1')
  assert.is(elsewhere.code, 64)
  assert.match(elsewhere.stderr, '--focus is about pods and workloads, and 203.0.113.1 is none')
  assert.match((await ask('--focus', '10.0.0.0/8')).stderr, '10.0.0.0/8 is a network: name one address of it')
})

connectivity('takes no format for a file', async () => {
  const { code, stdout, stderr } = await ask('-o', 'json')
  assert.equal([code, stdout], [64, ''])
  assert.match(stderr, 'It names a file: a format is for --output')
})

connectivity('says how to ask a snapshot that is named as an input', async () => {
  place.write('w.json', '{ "format": "typed-calico/world" }')
  const { code, stderr } = await place.call(['connectivity', 'w.json'])
  assert.equal(
    [code, stderr],
    [64, 'BadUsage: w.json is a snapshot of a cluster\n  → pass it as --world w.json\n'],
  )
})

connectivity('says what one pod is open to, as text and as json', async () => {
  const text = await ask('--exposure', 'stock/db')
  assert.is(text.code, 0)
  assert.match(
    text.stdout,
    /^stock\/db\n {2}open to\n {4}any pod with app == "api", of namespaces with .*: TCP 5432\n/,
  )
  const { peer, ingress, egress } = JSON.parse(
    (await ask('--exposure', 'stock/db', '--output', 'json')).stdout,
  )
  assert.equal([peer, ingress.isCaptured, egress.isCaptured], ['stock/db', true, false])
})

connectivity('refuses the exposure of what is no pod, and other forms of it', async () => {
  const told = async (...args: ReadonlyArray<string>) => (await ask(...args)).stderr
  assert.match(await told('--exposure', 'db'), 'did you mean stock/db?')
  assert.match(
    await told('--exposure', '192.0.2.1'),
    'exposure is about pods, and 192.0.2.1 is not a pod of the world',
  )
  assert.match(await told('--exposure', 'stock/db', '--output', 'csv'), '--exposure prints text or json')
  assert.match(await told('--exposure', 'stock/db', '--focus', 'shop/web'), 'about one pod and anybody')
})

connectivity.after(place.remove)
connectivity.run()
