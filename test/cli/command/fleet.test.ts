import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from '../../../src/cluster/port.js'
import { configMaps, jobs } from '../../../src/cluster/resource-types.js'
import { orThrow } from '../../../src/error.js'
import { type ServedWorkshop, servedWorkshop } from '../workshop.js'
import { webYaml } from './shop.js'

const fleet = suite('typed-calico fleet')

const secret = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'shop', labels: { fleet: 'live' } },
  data: { kubeconfig: '' },
})

const withWorkshop = (fact: string, test: (place: ServedWorkshop) => Promise<void>): void =>
  fleet(fact, async () => {
    const files = {
      'web.yaml': webYaml,
      'settings.yaml': 'owner: shop\n',
      'no-owner.yaml': 'ttlSeconds: 60\n',
    }
    const place = await servedWorkshop(files, { objects: [secret('a'), secret('b')] })
    try {
      await test(place)
    } finally {
      await place.close()
    }
  })

const named = ['--name', 'j', '--namespace', 'shop', '--image', 'registry.example/typed-calico:1']

withWorkshop('prints a Job for the Secrets that have the labels, and tells how it stands', async (place) => {
  const printed = await place.call([
    'fleet',
    'job',
    'apply',
    'web.yaml',
    ...named,
    '--selector',
    'fleet=live',
    '--prune',
    '--refuse',
    'closes',
  ])
  assert.is(printed.code, 0, printed.stderr)
  const objects = parseAllDocuments(printed.stdout).map((document) => document.toJS() as KubeObject)
  assert.equal(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['ConfigMap j-0', 'ConfigMap j-1', 'Job j'],
  )
  assert.match(printed.stdout, /--prune\W+--refuse\W+closes/)
  for (const object of objects)
    orThrow(await place.cluster.create(object.kind === 'Job' ? jobs : configMaps, object)())
  const status = await place.call(['fleet', 'status', 'j', '--namespace', 'shop', '--output', 'json'])
  const { clusters } = JSON.parse(status.stdout)
  assert.equal(
    clusters.map(({ cluster }: { cluster: string }) => cluster),
    ['a', 'b'],
  )
  assert.match(status.stderr, /^running: 2 waiting/)
})

withWorkshop('divides 501 clusters between two Jobs, and tells when one is missing', async (place) => {
  const secrets = Array.from({ length: 501 }, (_, index) => ['--secret', `cluster-${index}`])
  const printed = await place.call(['fleet', 'job', 'status', ...named, '--suspend', ...secrets.flat()])
  assert.is(printed.code, 0, printed.stderr)
  const [settings, first, second] = parseAllDocuments(printed.stdout).map((it) => it.toJS() as KubeObject)
  assert.equal([first?.metadata.name, second?.metadata.name], ['j-0', 'j-1'])
  orThrow(await place.cluster.create(configMaps, settings as KubeObject)())
  orThrow(await place.cluster.create(jobs, first as KubeObject)())
  const status = await place.call(['fleet', 'status', 'j', '--namespace', 'shop'])
  assert.is(status.code, 1)
  assert.match(status.stderr, /^incomplete: 251 waiting; 1 of 2 Jobs missing/)
})

withWorkshop('says what is wrong with the call', async (place) => {
  const said = async (...args: ReadonlyArray<string>) => (await place.call(['fleet', ...args])).stderr
  assert.match(await said('job', 'apply', 'web.yaml', ...named), /no Secret is named/)
  assert.match(await said('job', 'apply', ...named, '--secret', 'a'), /apply needs inputs/)
  assert.match(await said('job', 'cleanup', 'web.yaml', ...named, '--secret', 'a'), /cleanup takes no inputs/)
  assert.match(
    await said('job', 'apply', 'web.yaml', ...named, '--selector', 'fleet=none'),
    /no Secret in shop has the labels/,
  )
  const ownerless = ['fleet', 'job', 'cleanup', ...named, '--secret', 'a']
  const refused = await place.call(ownerless, { env: { TYPED_CALICO_OWNER: '' } })
  assert.match(refused.stderr, /--owner is required/)
  assert.match(await said('status', 'none', '--namespace', 'shop'), /"none" not found|NotFound/)
})

withWorkshop('ends with 64 where its own command line is wrong, as all commands do', async (place) => {
  for (const args of [['job', 'aply'], ['status']]) {
    const { code, stderr } = await place.call(['fleet', ...args])
    assert.is(code, 64, args.join(' '))
    assert.match(stderr, /^error: .*\n\(see --help\)/)
  }
})

withWorkshop('works at one index, and says so in one line, with an exit code', async (place) => {
  const kubeconfig = join(place.folder, 'kubeconfig')
  const work = (...args: ReadonlyArray<string>) =>
    place.call(['fleet', 'work', ...args, '--settings', 'settings.yaml', '--report', 'said'])
  const applied = await work('apply', 'web.yaml', '--kubeconfig', kubeconfig, '--refuse', 'closes')
  assert.is(applied.code, 0, applied.stderr)
  const said = readFileSync(join(place.folder, 'said'), 'utf8')
  assert.is(applied.stdout.trim(), said)
  const { outcome, counts, calico } = JSON.parse(said)
  assert.equal([outcome, counts, calico], ['done', { created: 1 }, '3.28.5'])
  const refused = await work('plan', 'web.yaml', '--kubeconfig', kubeconfig, '--refuse', 'all')
  assert.match(refused.stderr, /Allowed choices are opens, closes, unknown/)
  const none = await work('cleanup', '--kubeconfig', 'none')
  assert.is(none.code, 65)
  assert.match(none.stdout, /"_tag":"NoKubeconfig"/)
  const cleaned = await work('cleanup', '--kubeconfig', kubeconfig)
  assert.is(cleaned.code, 0, cleaned.stderr)
  assert.match(cleaned.stdout, /"removed":1/)
})

fleet.run()
