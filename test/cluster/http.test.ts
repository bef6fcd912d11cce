import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Connection, sendHttp } from '../../src/cluster/http.js'
import type { ApiRequest, SendFailure } from '../../src/cluster/transport.js'
import { startMetronome } from '../metronome.js'
import { listenHttp, listenTcp, pem, tls } from './listen.js'

const sending = suite('HTTP')

const request: ApiRequest = {
  method: 'POST',
  path: '/api',
  query: { a: 'b c' },
  headers: {},
  body: '{"canary":1}',
}
const never = new AbortController().signal

const plain = (port: number): Connection => ({
  server: new URL(`http://127.0.0.1:${port}/prefix/`),
  agent: new http.Agent({ keepAlive: true }),
  headers: { authorization: 'Bearer canary' },
})
const secure = (port: number, options: https.AgentOptions = { ca: pem('ca') }): Connection => ({
  ...plain(port),
  server: new URL(`https://127.0.0.1:${port}`),
  agent: new https.Agent({ keepAlive: true, ...options }),
})

const failureOf = async (connection: Connection, signal = never): Promise<SendFailure> => {
  const result = await sendHttp(connection, request, signal)
  if (E.isRight(result)) return assert.unreachable('there was a reply') as never
  assert.not.match(JSON.stringify(result.left), /canary/)
  return result.left
}

const isSent = (failure: SendFailure, sent: boolean, transient: boolean): void =>
  assert.equal(
    [failure._tag, failure._tag !== 'NoConfig' && failure.transient],
    [sent ? 'NoReply' : 'NotSent', transient],
    failure.message,
  )

sending('carries method, path, query, headers and body', async () => {
  const server = await listenHttp(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method, url, headers } = incoming
    outgoing
      .setHeader('x-reply', ['1', '2'])
      .end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }))
  })
  const reply = await sendHttp(
    { ...plain(server.port), auth: 'me:secret' },
    { ...request, headers: { accept: 'x' } },
    never,
  )
  assert.ok(E.isRight(reply))
  const { status, headers, body } = E.isRight(reply) ? reply.right : (assert.unreachable() as never)
  const echo = JSON.parse(body)
  assert.is(status, 200)
  assert.is(headers['x-reply'], '1, 2')
  assert.is(echo.method, 'POST')
  assert.is(echo.url, '/prefix/api?a=b+c')
  assert.is(echo.body, request.body)
  assert.is(echo.headers.accept, 'x')
  assert.is(echo.headers['content-length'], '12')
  await server.close()
})

sending('knows that nothing was sent where nobody listens', async () => {
  const server = await listenTcp(() => {})
  await server.close()
  const failure = await failureOf(plain(server.port))
  isSent(failure, false, true)
  assert.match(failure.message, /ECONNREFUSED/)
})

sending('does not hope for a name that does not resolve', async () => {
  isSent(await failureOf({ ...plain(1), server: new URL('http://no-such-host.invalid:1') }), false, false)
})

sending('knows that nothing was sent when the handshake breaks off', async () => {
  const server = await listenTcp((socket) => socket.once('data', () => socket.destroy()))
  isSent(await failureOf(secure(server.port)), false, true)
  await server.close()
})

sending('knows that nothing was sent to whom it does not trust', async () => {
  const server = await listenHttp((_, outgoing) => outgoing.end(), tls)
  const failure = await failureOf(secure(server.port, {}))
  isSent(failure, false, false)
  assert.match('hint' in failure ? (failure.hint ?? '') : '', /certificate/)
  isSent(await failureOf(secure(server.port, { ca: pem('ca'), servername: 'other.example' })), false, false)
  await server.close()
})

sending('does not hope for TLS from a server that speaks none', async () => {
  const server = await listenHttp((_, outgoing) => outgoing.end())
  isSent(await failureOf(secure(server.port)), false, false)
  await server.close()
})

sending('fears that it was read when the connection is lost afterwards', async () => {
  const rude = await listenTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
  isSent(await failureOf(plain(rude.port)), true, true)
  await rude.close()
  const secret = await listenHttp((incoming) => incoming.socket.destroy(), tls)
  isSent(await failureOf(secure(secret.port)), true, true)
  await secret.close()
})

sending('fears so, too, over a connection that has served before', async () => {
  let calls = 0
  const server = await listenHttp((incoming, outgoing) => {
    calls += 1
    if (calls === 1) setTimeout(() => outgoing.end('{}'), 20)
    else incoming.socket.destroy()
  }, tls)
  const connection = secure(server.port)
  connection.agent.maxSockets = 1
  const first = sendHttp(connection, request, never)
  const queued = failureOf(connection)
  assert.ok(E.isRight(await first))
  isSent(await queued, true, true)
  assert.is(server.seen.connections, 1)
  await server.close()
})

sending('does not throw for a header that cannot be', async () => {
  const odd = { ...plain(1), headers: { authorization: 'Bearer canary\nwith: more' } }
  isSent(await failureOf(odd), false, false)
})

sending('takes half a reply for none', async () => {
  const halves = [
    'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{"a"\r\n',
    'HTTP/1.1 200',
    'no HTTP at all\r\n\r\n',
  ]
  for (const half of halves) {
    const server = await listenTcp((socket) => socket.once('data', () => socket.end(half)))
    isSent(await failureOf(plain(server.port)), true, true)
    await server.close()
  }
})

sending('bounds what it reads', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x')
  const server = await listenHttp((_, outgoing) => {
    const more = (): void => {
      while (outgoing.write(chunk));
      outgoing.once('drain', more)
    }
    more()
  })
  const failure = await failureOf(plain(server.port))
  isSent(failure, true, false)
  assert.match(failure.message, /larger than 64 MiB/)
  await server.close()
})

sending('ends with its signal, wherever it is', async () => {
  const silent = await listenTcp(() => {})
  const stalled = await listenHttp((_, outgoing) => outgoing.writeHead(200).write('{'))
  for (const connection of [plain(silent.port), secure(silent.port), plain(stalled.port)]) {
    const metronome = startMetronome()
    await failureOf(connection, AbortSignal.timeout(50))
    metronome.stop()
    assert.ok(metronome.elapsedMs() < 1000)
  }
  await failureOf(plain(silent.port), AbortSignal.abort())
  await sleep(20)
  assert.is(stalled.seen.open.size, 0)
  await silent.close()
  await stalled.close()
})

sending.run()
