import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import type http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { explain } from '../../src/error.js'
import { bad, configMaps, ok } from './contract-ground.js'
import { servedConfig } from './kubeconfig.js'
import { listenHttp, listenTcp, pem, tls } from './listen.js'
import { configMap } from './scripted.js'

const kube = suite('kubeCluster')

const ref = { type: configMaps, namespace: 'shop', name: 'a' }
const folder = mkdtempSync(join(tmpdir(), 'kube-'))
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const trusted = { skipTLSVerify: false, caData: base64(pem('ca')) }

/** A server that answers every GET with a ConfigMap, and keeps the headers it saw. */
const serve = async (accept: (headers: http.IncomingHttpHeaders) => boolean = () => true, secure = true) => {
  const seen: http.IncomingHttpHeaders[] = []
  const server = await listenHttp(
    ({ headers, socket }, outgoing) => {
      const certificate =
        socket instanceof TLSSocket ? JSON.stringify(socket.getPeerCertificate().subject) : ''
      seen.push({ ...headers, 'x-client': /someone/.test(certificate) ? 'someone' : undefined })
      outgoing.writeHead(accept(headers) ? 200 : 401, { 'content-type': 'application/json' })
      outgoing.end(JSON.stringify(accept(headers) ? configMap : { kind: 'Status', message: 'Unauthorized' }))
    },
    secure ? { ...tls, requestCert: true, rejectUnauthorized: false } : undefined,
  )
  return { ...server, headers: seen, url: `${secure ? 'https' : 'http'}://127.0.0.1:${server.port}` }
}

kube('trusts the certificate authority of the context, and no other', async () => {
  const server = await serve()
  ok(await kubeCluster({ kubeconfig: servedConfig(server.url, {}, trusted) }).get(ref)())
  const stranger = kubeCluster({ kubeconfig: servedConfig(server.url, {}, { skipTLSVerify: false }) })
  assert.match(bad(await stranger.get(ref)(), 'Unreachable').hint ?? '', /certificate/)
  ok(await kubeCluster({ kubeconfig: servedConfig(server.url) }).get(ref)())
  await server.close()
})

kube('shows the certificate, token, name or password of the user', async () => {
  const server = await serve()
  const headersFor = async (user: object): Promise<http.IncomingHttpHeaders> => {
    ok(await kubeCluster({ kubeconfig: servedConfig(server.url, user, trusted) }).get(ref)())
    return server.headers.at(-1) ?? {}
  }
  const certificate = { certData: base64(pem('client')), keyData: base64(pem('client-key')) }
  assert.is((await headersFor(certificate))['x-client'], 'someone')
  assert.is((await headersFor({ token: 'abc' })).authorization, 'Bearer abc')
  assert.is((await headersFor({ username: 'me', password: 'pw' })).authorization, `Basic ${base64('me:pw')}`)
  assert.is((await headersFor({ impersonateUser: 'you' }))['impersonate-user'], 'you')
  await server.close()
})

kube('keeps its connections, and opens no more than it needs', async () => {
  const server = await serve()
  const cluster = kubeCluster({ kubeconfig: servedConfig(server.url, { token: 'abc' }, trusted) })
  for (let call = 0; call < 10; call += 1) ok(await cluster.get(ref)())
  assert.is(server.seen.connections, 1)
  await Promise.all(Array.from({ length: 200 }, async () => ok(await cluster.get(ref)())))
  assert.ok(server.seen.connections <= 32, `${server.seen.connections}`)

  cluster.close()
  await sleep(50)
  assert.is(server.seen.open.size, 0)
  ok(await cluster.get(ref)())
  cluster.close()
  await server.close()
})

kube('closes without breaking what is under way', async () => {
  const server = await listenHttp((_, outgoing) =>
    setTimeout(() => outgoing.end(JSON.stringify(configMap)), 100),
  )
  const cluster = kubeCluster({ kubeconfig: servedConfig(`http://127.0.0.1:${server.port}`) })
  const call = cluster.get(ref)()
  await sleep(50)
  cluster.close()
  ok(await call)
  await sleep(50)
  assert.is(server.seen.open.size, 0)
  await server.close()
})

const plugin = fileURLToPath(new URL('./exec-plugin.mjs', import.meta.url))
const execUser = (count: string, env: Readonly<Record<string, string>>) => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: [plugin],
    env: Object.entries({ COUNT: count, ...env }).map(([name, value]) => ({ name, value })),
  },
})

kube('runs a credential plugin once for many calls, and again when its token is not accepted', async () => {
  const count = join(folder, 'count')
  let good = 'Bearer token-1'
  const server = await serve(({ authorization }) => authorization === good)
  const cluster = kubeCluster({ kubeconfig: servedConfig(server.url, execUser(count, {}), trusted) })
  await Promise.all([1, 2, 3].map(async () => ok(await cluster.get(ref)())))
  ok(await cluster.get(ref)())
  assert.is(readFileSync(count, 'utf8'), '1')
  good = 'Bearer token-2'
  await Promise.all([1, 2, 3].map(async () => ok(await cluster.get(ref)())))
  assert.is(readFileSync(count, 'utf8'), '2')
  await server.close()
})

kube('says that a credential plugin failed, and nothing of what it printed', async () => {
  const server = await serve()
  for (const MODE of ['fail', 'garbage']) {
    const user = execUser(join(folder, MODE), { MODE })
    const failure = bad(
      await kubeCluster({ kubeconfig: servedConfig(server.url, user, trusted) }).get(ref)(),
      'NoKubeconfig',
    )
    assert.match(failure.message, /plugin/)
    assert.not.match(explain(failure) + JSON.stringify(failure), /canary/)
  }
  const none = {
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command: join(folder, 'no-such-plugin') },
  }
  bad(await kubeCluster({ kubeconfig: servedConfig(server.url, none, trusted) }).get(ref)(), 'NoKubeconfig')
  await server.close()
})

kube('goes through the proxy of the context', async () => {
  const server = await serve()
  let asked = ''
  const proxy = await listenTcp((socket) => {
    socket.once('data', (head) => {
      asked = head.toString().split('\r\n')[0] ?? ''
      const onward = net.connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(onward).pipe(socket)
      })
      onward.on('error', () => socket.destroy())
    })
  })
  const proxied = { ...trusted, proxyUrl: `http://127.0.0.1:${proxy.port}` }
  const cluster = kubeCluster({ kubeconfig: servedConfig(server.url, { token: 'abc' }, proxied) })
  for (let call = 0; call < 3; call += 1) ok(await cluster.get(ref)())
  assert.is(asked, `CONNECT 127.0.0.1:${server.port} HTTP/1.1`)
  assert.is(server.seen.connections, 1)
  cluster.close()
  await proxy.close()
  bad(
    await kubeCluster({ kubeconfig: servedConfig(server.url, {}, proxied), retryForMs: 0 }).get(ref)(),
    'Unreachable',
  )
  await server.close()
})

kube('keeps the path that a server has in front', async () => {
  const paths: Array<string | undefined> = []
  const server = await listenHttp(({ url }, outgoing) => {
    paths.push(url)
    outgoing.end(JSON.stringify(configMap))
  })
  ok(
    await kubeCluster({ kubeconfig: servedConfig(`http://127.0.0.1:${server.port}/k8s/clusters/c-1`) }).get(
      ref,
    )(),
  )
  assert.equal(paths, ['/k8s/clusters/c-1/api/v1/namespaces/shop/configmaps/a'])
  await server.close()
})

kube('has no token, header or body in any error', async () => {
  const body = { ...configMap, data: { k: 'canary-body' } }
  const user = {
    token: 'canary-token',
    username: 'u',
    password: 'canary-password',
    impersonateUser: 'canary-user',
  }
  const echo = await listenHttp(async (incoming, outgoing) => {
    const code = Number(incoming.url?.match(/\d{3}/)?.[0] ?? 500)
    const message = `no: Bearer canary-token and ${incoming.headers.authorization}; data.k: Invalid value: "canary-body": bad`
    outgoing.writeHead(code).end(JSON.stringify({ kind: 'Status', code, message, reason: 'Invalid' }))
  })
  const rude = await listenTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const closed = await listenTcp(() => {})
  await closed.close()
  const servers = [
    rude.port,
    closed.port,
    ...[400, 401, 403, 404, 409, 422, 429, 500, 503].map(() => echo.port),
  ]
  for (const [index, port] of servers.entries()) {
    const path = `/${[0, 0, 400, 401, 403, 404, 409, 422, 429, 500, 503][index]}`
    const cluster = kubeCluster({
      kubeconfig: servedConfig(`http://127.0.0.1:${port}${path}`, user),
      retryForMs: 0,
    })
    const result = await cluster.create(configMaps, body)()
    assert.is(result._tag, 'Left')
    assert.not.match(
      result._tag === 'Left' ? JSON.stringify(result.left) + explain(result.left) : '',
      /canary/,
    )
  }
  await echo.close()
  await rude.close()
})

kube('lets the process end by itself', async () => {
  const server = await serve(() => true, false)
  const script = `
    import { kubeCluster } from ${JSON.stringify(new URL('../../src/cluster/kube.ts', import.meta.url).href)}
    import { servedConfig } from ${JSON.stringify(new URL('./kubeconfig.ts', import.meta.url).href)}
    const cluster = kubeCluster({ kubeconfig: servedConfig('${server.url}') })
    const got = await cluster.get({ type: { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true }, namespace: 'shop', name: 'a' })()
    console.log(got._tag)`
  const path = join(folder, 'script.mts')
  writeFileSync(path, script)
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path], {
    // A process that would never end by itself, and no measure of how fast it starts.
    timeout: 180_000,
  })
  assert.is(stdout.trim(), 'Right')
  await server.close()
})

kube.run()
