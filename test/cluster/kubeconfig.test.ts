import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { explain } from '../../src/error.js'
import { bad, configMaps, ok } from './contract-ground.js'
import { servedConfig } from './kubeconfig.js'

const kubeconfig = suite('kubeconfig')

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const config = (fields: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'one', cluster: { server: 'https://one.example:6443' } }],
    users: [{ name: 'me', user: { token: 'canary' } }],
    contexts: [
      { name: 'work', context: { cluster: 'one', user: 'me', namespace: 'shop' } },
      { name: 'home', context: { cluster: 'one', user: 'me' } },
    ],
    'current-context': 'work',
    ...fields,
  })

const inEnvironment = async (variables: Record<string, string>, test: () => Promise<void>): Promise<void> => {
  const before = { HOME: process.env.HOME, KUBECONFIG: process.env.KUBECONFIG }
  Object.assign(process.env, { HOME: folder, KUBECONFIG: '', ...variables })
  try {
    await test()
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

kubeconfig('gives the context and its namespace, and no secret', async () => {
  const path = file('good', config({}))
  assert.equal(ok(await kubeCluster({ kubeconfig: path }).target()()), {
    description: 'context work (https://one.example:6443)',
    namespace: 'shop',
  })
  assert.equal(ok(await kubeCluster({ kubeconfig: path, context: 'home' }).target()()), {
    description: 'context home (https://one.example:6443)',
    namespace: 'default',
  })
  assert.is(ok(await kubeCluster({ kubeconfig: path, namespace: 'mine' }).target()()).namespace, 'mine')
})

kubeconfig('is found where kubectl finds it', async () => {
  await inEnvironment({ KUBECONFIG: file('env', config({ 'current-context': 'home' })) }, async () => {
    assert.match(ok(await kubeCluster().target()()).description, /context home/)
  })
})

kubeconfig('of several files is what kubectl makes of them: what the first says counts', async () => {
  const server = (name: string) => ({ name, cluster: { server: `https://${name}.example:6443` } })
  const contextOf = (name: string) => ({ name, context: { cluster: name, user: 'me', namespace: name } })
  const prod = config({
    clusters: [server('prod')],
    contexts: [contextOf('prod')],
    'current-context': 'prod',
  })
  const test = config({
    clusters: [server('test'), { ...server('prod'), cluster: { server: 'https://other.example' } }],
    contexts: [contextOf('test'), contextOf('prod')],
    'current-context': 'test',
  })
  const users = JSON.stringify({ users: [{ name: 'me', user: { token: 'canary' } }] })
  const [first, second, third] = [file('prod', prod), file('test', test), file('users', users)]
  const current = async (...files: ReadonlyArray<string>): Promise<string> => {
    let description = ''
    await inEnvironment({ KUBECONFIG: files.join(delimiter) }, async () => {
      description = ok(await kubeCluster().target()()).description
    })
    return description
  }
  assert.is(await current(first, second), 'context prod (https://prod.example:6443)')
  assert.is(await current(second, first), 'context test (https://test.example:6443)')
  assert.is(await current(third, join(folder, 'none'), first), 'context prod (https://prod.example:6443)')
  assert.is(await current(first, first), 'context prod (https://prod.example:6443)')
  await inEnvironment({ KUBECONFIG: `${second}${delimiter}${first}` }, async () => {
    const target = ok(await kubeCluster({ context: 'prod' }).target()())
    assert.equal(target, { description: 'context prod (https://other.example)', namespace: 'prod' })
  })
  await inEnvironment({ KUBECONFIG: `${first}${delimiter}${file('broken', '[')}` }, async () => {
    assert.match(bad(await kubeCluster().target()(), 'NoKubeconfig').message, /broken cannot be used/)
  })
})

kubeconfig('that is missing or of no use says so, and what to do, without its contents', async () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    [join(folder, 'none'), 'it cannot be read \\(ENOENT\\)'],
    [folder, 'it cannot be read \\(EISDIR\\)'],
    [file('garbage', 'canary: [canary: "canary'), 'it is not a kubeconfig'],
    [file('empty', ''), 'it is not a kubeconfig'],
    [file('nothing', '{"canary": 1}'), 'no current context'],
    [file('nowhere', config({ 'current-context': 'gone' })), 'no current context'],
    [file('clusterless', config({ clusters: [] })), 'no current context, or its cluster is missing'],
    [file('url', config({ clusters: [{ name: 'one', cluster: { server: 'canary' } }] })), 'not a URL'],
    [
      file('plain', config({ clusters: [{ name: 'one', cluster: { server: 'http://one.example' } }] })),
      'plain http',
    ],
  ]
  for (const [path, message] of cases) {
    const cluster = kubeCluster({ kubeconfig: path })
    const failure = bad(await cluster.target()(), 'NoKubeconfig')
    assert.match(failure.message, new RegExp(message))
    assert.match(failure.hint ?? '', /\w/)
    assert.not.match(explain(failure), /canary/)
    assert.match(bad(await cluster.list(configMaps)(), 'NoKubeconfig').message, new RegExp(message))
  }
})

kubeconfig('without the context that was asked for names those it has', async () => {
  const cluster = kubeCluster({ kubeconfig: file('contexts', config({})), context: 'prod' })
  assert.match(bad(await cluster.target()(), 'NoKubeconfig').message, /no context "prod"; it has: work, home/)
})

kubeconfig('that is nowhere is said to be nowhere', async () => {
  await inEnvironment({}, async () => {
    assert.match(bad(await kubeCluster().target()(), 'NoKubeconfig').message, /there is no kubeconfig/)
  })
})

kubeconfig('may be an object of client-node', async () => {
  const cluster = kubeCluster({ kubeconfig: servedConfig('http://127.0.0.1:1'), namespace: 'x' })
  assert.equal(ok(await cluster.target()()), {
    description: 'context served (http://127.0.0.1:1)',
    namespace: 'x',
  })
})

kubeconfig.run()
