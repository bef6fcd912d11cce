import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { goldmane, hubble, vpc } from '../../policy/flows/logs.js'
import { workshop } from '../workshop.js'
import { apiYaml, dbYaml, workloadsYaml } from './shop-files.js'

const replay = suite('typed-calico replay and suggest')
const seen = goldmane(['shop/web-6b7f9d4c8-*', 'shop/api-5c6d7e8f9-*'])
const place = workshop({
  'before/workloads.yaml': workloadsYaml,
  'after/workloads.yaml': workloadsYaml,
  'after/api.yaml': apiYaml('matchLabels: { app: none }'),
  'after/db.yaml': dbYaml,
  'flows.json': `${seen}\n${seen}\n${goldmane(['pub', 'shop/web-6b7f9d4c8-*'], { reporter: 2 })}\n`,
  'denied.json': goldmane(['shop/web-6b7f9d4c8-*', 'shop/api-5c6d7e8f9-*'], { action: 2, reporter: 2 }),
  'hubble.json': `${hubble()}\n${hubble({ is_reply: true })}\n`,
  'vpc.log': vpc('203.0.113.1', '198.51.100.1'),
  'envoy.json': '{"upstream_cluster":"x"}',
})

replay('says which recorded flows fare otherwise, and is a gate', async () => {
  const { code, stdout } = await place.call([
    'replay',
    'flows.json',
    'before',
    'after',
    '--fail-on',
    'closes',
  ])
  assert.is(code, 2)
  assert.is(
    stdout,
    `Changes
  2 × shop/web-6b7f9d4c8-* → shop/api-5c6d7e8f9-*: TCP 8080: allowed before, denied after, by the end of tier "default"
3 records: 1 allowed, 2 denied, 0 not known
`,
  )
})

replay('asks one world alone, and says first what was recorded differently', async () => {
  const { code, stdout } = await place.call(['replay', 'denied.json', 'before'])
  assert.is(code, 0)
  assert.match(
    stdout,
    /^Recorded differently.*recorded as denied at its destination, but the policies say allowed\n/s,
  )
  const json = JSON.parse((await place.call(['replay', 'denied.json', 'before', '--output', 'json'])).stdout)
  assert.equal([json.differ.length, json.records], [1, 1])
})

replay('reads stdin and other logs, and tells what it left out', async () => {
  const piped = await place.call(['replay', '-', 'before'], { stdin: seen })
  assert.match(piped.stdout, '1 record: 1 allowed')
  const { stderr, stdout } = await place.call(['replay', 'hubble.json', 'before'])
  assert.match(stderr, 'left out of the log: 1 replies')
  assert.match(stdout, '1 record: 1 allowed')
  assert.match(
    (await place.call(['replay', 'vpc.log', 'before'])).stdout,
    '1 with no pod or node at either end',
  )
})

replay('refuses what is no flow log, and one that is not there', async () => {
  const other = await place.call(['replay', 'envoy.json', 'before'])
  assert.is(other.code, 1)
  assert.match(other.stderr, /envoy\.json:1:1: this is an access log of Envoy or Istio \[not-a-flow-log\]/)
  assert.is((await place.call(['replay', 'none.json', 'before'])).code, 66)
  assert.is((await place.call(['replay', 'flows.json', 'before', 'after', 'after'])).code, 64)
})

replay('suggests policies that pass its own check and let through what was seen', async () => {
  const { code, stdout, stderr } = await place.call(['suggest', 'flows.json', 'before'])
  assert.is(code, 0)
  assert.match(stderr, 'open question: which public addresses are meant?')
  assert.match(stdout, 'kind: StagedNetworkPolicy')
  assert.is(
    (await place.call(['suggest', 'flows.json', 'before', '--enforced', '-o', 'after/made.yaml'])).code,
    0,
  )
  assert.match((await place.call(['check', 'after/made.yaml'])).stdout, 'no issues')
  const again = await place.call(['replay', 'flows.json', 'before', '-'], { stdin: workloadsYaml })
  assert.match(again.stdout, '3 records: 3 allowed')
})

replay('suggests TypeScript that renders to the same, and needs no world', async () => {
  const module = await place.call(['suggest', 'flows.json', '--output', 'ts', '-o', 'made.ts'])
  assert.is(module.code, 0)
  const [rendered, yaml] = [
    await place.call(['render', 'made.ts']),
    await place.call(['suggest', 'flows.json']),
  ]
  assert.is(rendered.stdout, yaml.stdout)
})

replay(
  'says what is wrong with a log that is cut off, a folder, and a namespace that no pod is of',
  async () => {
    place.write('cut.json', `${seen}\n${seen.slice(0, 100)}`)
    const cut = await place.call(['replay', 'cut.json', 'before'])
    assert.equal(
      [cut.code, /cut\.json:2:1: this line is not JSON: it may be cut off/.test(cut.stderr)],
      [1, true],
    )
    assert.match(
      (await place.call(['replay', 'before', 'before'])).stderr,
      'before cannot be read: it is a folder',
    )
    const none = await place.call(['suggest', 'flows.json', '--namespace', 'nowhere'])
    assert.match(
      none.stderr,
      'nothing to suggest: the log has no flow of a pod in nowhere that was let through',
    )
  },
)

replay.after(place.remove)
replay.run()
