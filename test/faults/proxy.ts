import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Fault, replyOf } from './fault.js'

/** Where the real API server is. */
export interface Upstream {
  readonly url: string
  readonly tls?: https.AgentOptions
  /** What lets one in. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface FaultProxy {
  readonly url: string
  /** The requests that came, in their order: `POST /api/v1/…`. The first is number 1. */
  readonly requests: ReadonlyArray<string>
  /** Those of them that the API server has answered with success. */
  readonly succeeded: ReadonlyArray<string>
  /** Fires when the client of a `dead …` fault has died. */
  readonly died: Promise<void>
  /** All that was taken has been handed on, also what came late. */
  readonly idle: () => Promise<void>
  readonly connections: () => number
  readonly close: () => Promise<void>
}

interface Reply {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer | string
}

const collect = async (stream: http.IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'])
const endToEnd = (headers: http.IncomingHttpHeaders): http.IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))

const forwarder = ({ url, tls, headers }: Upstream) => {
  const secure = url.startsWith('https:')
  const agent = secure ? new https.Agent({ keepAlive: true, ...tls }) : new http.Agent({ keepAlive: true })
  const forward = (incoming: http.IncomingMessage, body: Buffer): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const request = (secure ? https : http).request(new URL(incoming.url ?? '/', url), {
        method: incoming.method,
        headers: { ...endToEnd(incoming.headers), ...headers, 'content-length': body.length },
        agent,
      })
      request.on('error', reject)
      request.on('response', async (response) => {
        const { statusCode = 0 } = response
        resolve({ status: statusCode, headers: response.headers, body: await collect(response) })
      })
      request.end(body)
    })
  return { forward, close: () => agent.destroy() }
}

/** How long a `late` request is held: longer than the client waits for a reply. */
export const lateMs = 2_000
const downMs = 200

/** An HTTP proxy before an API server, at which `fault(n)` happens to the n-th request of a run. */
export const startProxy = async (
  upstream: Upstream,
  fault: (n: number) => Fault | undefined,
): Promise<FaultProxy> => {
  const requests: string[] = []
  const succeeded: string[] = []
  const sockets = new Set<Socket>()
  const busy = new Set<Promise<unknown>>()
  const { forward: send, close } = forwarder(upstream)
  const forward = async (incoming: http.IncomingMessage, body: Buffer): Promise<Reply> => {
    const reply = await send(incoming, body)
    if (reply.status < 300) succeeded.push(`${incoming.method} ${incoming.url}`)
    return reply
  }
  let dead = false
  let tellDeath = (): void => {}
  const died = new Promise<void>((resolve) => {
    tellDeath = resolve
  })

  const answer = (outgoing: http.ServerResponse, { status, headers, body }: Reply): void => {
    const length = { 'content-length': Buffer.byteLength(body) }
    outgoing.writeHead(status, { ...endToEnd(headers), ...length }).end(body)
  }
  const die = (socket: Socket): void => {
    dead = true
    tellDeath()
    socket.destroy()
  }
  const goDown = async (): Promise<void> => {
    const { port } = server.address() as AddressInfo
    server.close()
    for (const socket of sockets) socket.destroy()
    await sleep(downMs)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  }

  const handle = async (incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> => {
    const body = await collect(incoming)
    const { socket } = incoming
    if (dead) return void socket.destroy()
    const happens = fault(requests.push(`${incoming.method} ${incoming.url}`))
    switch (happens) {
      case undefined:
        return answer(outgoing, await forward(incoming, body))
      case 'reset':
        return void socket.destroy()
      case 'lost reply':
        await forward(incoming, body)
        return void socket.destroy()
      case 'late':
        await sleep(lateMs)
        return answer(outgoing, await forward(incoming, body))
      case 'cut reply': {
        const reply = await forward(incoming, body)
        const half = reply.body.slice(0, reply.body.length / 2)
        outgoing.writeHead(reply.status, { 'content-length': Buffer.byteLength(reply.body) }).write(half)
        return void setTimeout(() => socket.destroy(), 5)
      }
      case 'frozen':
        return undefined
      case 'down':
        return goDown()
      case '504 after commit':
        await forward(incoming, body)
        return answer(outgoing, replyOf(504))
      case 'dead before':
        return die(socket)
      case 'dead after':
        await forward(incoming, body)
        return die(socket)
      default:
        return answer(outgoing, replyOf(Number(happens)))
    }
  }

  const server = http.createServer((incoming, outgoing) => {
    const work = handle(incoming, outgoing)
      .catch(() => incoming.socket.destroy())
      .finally(() => busy.delete(work))
    busy.add(work)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    succeeded,
    died,
    idle: async () => {
      while (busy.size > 0) await Promise.all(busy)
    },
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
