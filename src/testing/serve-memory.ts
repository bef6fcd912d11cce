import http, { type IncomingMessage, type RequestListener } from 'node:http'
import https from 'node:https'
import type { MemoryServer } from '../cluster/memory.js'
import type { ApiRequest, Method } from '../cluster/transport.js'

/** An in-memory API server on a port of this machine. */
export interface ServedMemory {
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string
  /** Ends the server and its connections. */
  readonly close: () => Promise<void>
}

export interface ServeOptions {
  /** Any free one when left out. */
  readonly port?: number
  /** PEM. Without it the server speaks plain HTTP: client-go then sends no token. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

const isMethod = (method: string | undefined): method is Method =>
  method !== undefined && ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)

const read = async (incoming: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const requestOf = async (incoming: IncomingMessage): Promise<ApiRequest | undefined> => {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://memory')
  if (!isMethod(incoming.method)) return undefined
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  return {
    method: incoming.method,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(headers),
    body: await read(incoming),
  }
}

const unauthorized = JSON.stringify({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'Unauthorized',
  reason: 'Unauthorized',
  code: 401,
})

/**
 * The bearer token by which a served in-memory cluster knows the user.
 *
 * @example
 * tokenOf('alice') // => 'token-of-alice'
 */
export const tokenOf = (user: string): string => `token-of-${user}`

/**
 * Who asks: by bearer token, or, without one, an administrator, who may impersonate. Undefined for a token that is
 * not one of `tokenOf`.
 */
const userOf = ({ headers }: ApiRequest): { readonly name?: string } | undefined => {
  const token = headers.authorization?.replace(/^Bearer /, '')
  if (token !== undefined) {
    return token.startsWith(tokenOf('')) ? { name: token.slice(tokenOf('').length) } : undefined
  }
  const impersonated = headers['impersonate-user']
  return impersonated === undefined ? {} : { name: impersonated }
}

/**
 * Serves an in-memory cluster over HTTP, for kubectl, for fault proxies, for clients in other processes.
 *
 * @example
 * const { url, close } = await serveMemory(memoryCluster().server)
 * url.startsWith('http://127.0.0.1:') // => true
 * await close()
 */
export const serveMemory = async (
  memory: MemoryServer,
  { port = 0, tls }: ServeOptions = {},
): Promise<ServedMemory> => {
  const listener: RequestListener = async (incoming, outgoing) => {
    const request = await requestOf(incoming)
    const user = request && userOf(request)
    if (request === undefined || user === undefined) {
      outgoing
        .writeHead(request === undefined ? 405 : 401, { 'content-type': 'application/json' })
        .end(unauthorized)
      return
    }
    const { status, headers, body } = await memory.handle(request, user.name)
    outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
  }
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const served = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${served}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
