import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workshop } from '../workshop.js'
import { apiYaml, dbYaml, workloadsYaml } from './shop-files.js'

const diff = suite('typed-calico diff')
const wide = apiYaml('matchExpressions: [{ key: app, operator: Exists }]')
const place = workshop({
  'before/workloads.yaml': workloadsYaml,
  'before/api.yaml': apiYaml(),
  'before/db.yaml': dbYaml,
  'after/workloads.yaml': workloadsYaml,
  'after/api.yaml': wide,
  'after/db.yaml': dbYaml,
  'modules/api.ts': 'export const nothing = []',
})
const git = (...args: ReadonlyArray<string>): void => {
  const { status, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args],
    {
      cwd: place.folder,
      encoding: 'utf8',
    },
  )
  assert.is(status, 0, stderr)
}

const opened = '+ shop/api → shop/api: TCP 8080 (was denied)\n'

diff('says what opens and what closes', async () => {
  const there = await place.call(['diff', 'before', 'after'])
  assert.equal([there.code, there.stdout], [0, opened])
  const back = await place.call(['diff', 'after', 'before'])
  assert.is(back.stdout, '- shop/api → shop/api: TCP 8080 (was allowed)\n')
  const same = await place.call(['diff', 'before', 'before', '--fail-on', 'any'])
  assert.equal([same.code, same.stdout], [0, 'nothing changes\n'])
})

diff('is a gate on what opens, closes, or changes at all', async () => {
  const code = async (...args: ReadonlyArray<string>) => (await place.call(['diff', ...args])).code
  assert.equal(
    [
      await code('before', 'after', '--fail-on', 'opens'),
      await code('before', 'after', '--fail-on', 'closes'),
      await code('before', 'after', '--fail-on', 'any'),
      await code('after', 'before', '--fail-on', 'closes'),
    ],
    [2, 0, 2, 2],
  )
})

diff('compares revisions with what is there now', async () => {
  git('init', '-q', '-b', 'main')
  git('add', 'before', 'modules')
  git('commit', '-q', '-m', 'first')
  place.write('before/api.yaml', wide)
  const changed = await place.call(['diff', 'main:before', 'before', '--fail-on', 'opens'])
  assert.equal([changed.code, changed.stdout], [2, opened])
  assert.match(changed.stderr, 'skipped in main:before/workloads.yaml: 1 ConfigMap')
  git('commit', '-qam', 'second')
  assert.is((await place.call(['diff', 'main~1:before', 'main:before'])).stdout, opened)
  place.write('before/api.yaml', apiYaml())
})

diff('refuses revisions, paths and modules that it cannot read', async () => {
  const stderr = async (before: string) => {
    const ended = await place.call(['diff', before, 'after'])
    assert.is(ended.code, 66)
    return ended.stderr
  }
  assert.match(await stderr('release:before'), /git knows no revision release here\n {2}→ name a branch/)
  assert.match(await stderr('main:policies'), 'main has no policies')
  assert.match(await stderr('main:modules'), /main:modules\/api\.ts is a module.*git worktree add/s)
  assert.match(await stderr('nowhere'), 'nowhere cannot be read: no such file or folder')
})

diff('refuses one side alone, and sides without pods', async () => {
  const one = await place.call(['diff', 'after'])
  assert.is(one.code, 64)
  assert.match(one.stderr, 'there is nothing to compare with')
  assert.is((await place.call(['diff', 'before/db.yaml', 'after/db.yaml'])).code, 66)
  const lopsided = await place.call(['diff', 'before', 'after/db.yaml'])
  assert.match(
    lopsided.stderr,
    'after/db.yaml has no pod or workload, so that all of the other side are new or gone',
  )
})

diff('prints for reviews and programs, and keeps to a pod', async () => {
  const { stdout } = await place.call(['diff', 'before', 'after', '--output', 'markdown'])
  assert.match(stdout, '| + | shop/api | shop/api | TCP 8080 | denied | allowed |')
  const json = await place.call(['diff', 'before', 'after', '--output', 'json'])
  assert.equal(JSON.parse(json.stdout).changes[0].to, [{ name: 'shop/api' }])
  const elsewhere = await place.call(['diff', 'before', 'after', '--focus', 'stock/db', '--fail-on', 'any'])
  assert.equal([elsewhere.code, elsewhere.stdout], [0, 'nothing changes\n'])
})

diff('focuses on a pod that goes, and finds a folder of a revision however it is written', async () => {
  place.write('gone/workloads.yaml', workloadsYaml.slice(workloadsYaml.indexOf('---')))
  const { code, stdout } = await place.call(['diff', 'after', 'gone', '--focus', 'shop/web'])
  assert.is(code, 0)
  assert.match(stdout, 'shop/web')
  assert.is((await place.call(['diff', 'main:./before', 'main:before/'])).stdout, 'nothing changes\n')
})

const perhapsYaml = `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: prod }
spec: { namespaceSelector: env == 'prod', types: [Ingress] }
`

const queue = `apiVersion: apps/v1
kind: Deployment
metadata: { name: queue, namespace: shop }
spec: { template: { metadata: { labels: { app: queue } }, spec: {} } }
`

diff(
  'a new workload was not denied before: it opens nothing, and is held back where no policy is its own',
  async () => {
    place.write('more/workloads.yaml', `${workloadsYaml}---\n${queue}`)
    place.write('more/api.yaml', apiYaml())
    place.write('more/db.yaml', dbYaml)
    const gate = (...gates: ReadonlyArray<string>) =>
      place.call(['diff', 'before', 'more', ...gates.flatMap((it) => ['--fail-on', it])])
    const { code, stdout } = await gate('opens', 'closes')
    assert.is(code, 0)
    assert.match(stdout, /outside \(0\.0\.0\.0\/0\).* → shop\/queue: everything \(not there before\)/)
    assert.not.match(stdout, 'was ')
    const bare = await gate('opens', 'unguarded')
    assert.is(bare.code, 2)
    assert.match(bare.stderr, '--fail-on unguarded: no policy says what may come to shop/queue')
    assert.is((await gate('any')).code, 2)
    // A namespace that nobody has described may be meant.
    place.write('more/queue.yaml', perhapsYaml)
    assert.is((await gate('unguarded')).code, 2)
    place.write('more/queue.yaml', dbYaml.replaceAll('db', 'queue').replace('stock', 'shop'))
    assert.is((await gate('opens', 'unguarded')).code, 0)
    const back = await place.call(['diff', 'more', 'before', '--fail-on', 'closes', '--output', 'markdown'])
    assert.is(back.code, 0)
    assert.match(back.stdout, /^\| - \| .*shop\/queue.* \| everything \| allowed \| not there \|$/m)
  },
)

diff.after(place.remove)
diff.run()
