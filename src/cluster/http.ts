import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import * as E from 'fp-ts/lib/Either.js'
import { conceal, secretsOf } from './redact.js'
import type { ApiRequest, ApiResponse, SendFailure } from './transport.js'

/** Where requests go and what lets them in. */
export interface Connection {
  /** With the path that all requests have in front, if any. */
  readonly server: URL
  readonly agent: http.Agent
  readonly headers: Readonly<Record<string, string>>
  /** `user:password`. */
  readonly auth?: string
}

/** No reply of an API server is larger: lists come in pages, and kubelets cut logs at 10 MiB. */
const largestReply = 64 * 1024 * 1024

// What a second attempt cannot mend: a wrong name, a certificate that is not trusted, no TLS at all.
const permanent = /^(ENOTFOUND|CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|ERR_SSL_|HOSTNAME_)/

const hintFor = (code: string): string | undefined => {
  if (code === 'ENOTFOUND') return 'The name of the server does not resolve: is the right context selected?'
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    return "The server's certificate is not trusted: does the context's certificate authority belong to it?"
  }
  if (code === 'ECONNREFUSED') return 'Nothing listens there: is the cluster running, is its address right?'
  return permanent.test(code) ? undefined : 'Is the network up, is a VPN or a proxy needed?'
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

// Node does not tell of a TLS socket that it is given whether its handshake is over.
const agreed = new WeakSet<Socket>()

/** Calls `ready` once the socket carries the request's bytes to the server: connected, and its TLS agreed on. */
const whenOpen = (socket: Socket, ready: () => void): void => {
  if (socket instanceof TLSSocket && !agreed.has(socket)) {
    socket.once('secureConnect', () => {
      agreed.add(socket)
      ready()
    })
  } else if (socket.connecting) socket.once('connect', ready)
  else ready()
}

const headersOf = (headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

const read = (
  response: http.IncomingMessage,
  settle: (result: E.Either<SendFailure, ApiResponse>) => void,
): void => {
  const chunks: Buffer[] = []
  let size = 0
  const lost = (): void =>
    settle(E.left({ _tag: 'NoReply', transient: true, message: 'the reply was cut off' }))
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    chunks.push(chunk)
    if (size <= largestReply) return
    const message = `the reply is larger than ${largestReply / 1024 / 1024} MiB`
    settle(E.left({ _tag: 'NoReply', transient: false, message }))
    response.destroy()
  })
  response.on('end', () => {
    if (!response.complete) return lost()
    const body = Buffer.concat(chunks).toString()
    settle(E.right({ status: response.statusCode ?? 0, headers: headersOf(response.headers), body }))
  })
  response.on('error', lost)
  response.on('close', lost)
}

const failureOf = (error: unknown, sent: boolean, server: URL): SendFailure => {
  const code = codeOf(error)
  const why = code === '' ? '' : ` (${code})`
  if (sent)
    return { _tag: 'NoReply', transient: true, message: `the connection was lost before the reply${why}` }
  const hint = hintFor(code)
  return {
    _tag: 'NotSent',
    transient: !permanent.test(code),
    message: `cannot connect to ${server.host}${why}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

const optionsOf = (
  { server, agent, headers, auth }: Connection,
  { method, path, query, headers: own, body = '' }: ApiRequest,
): https.RequestOptions => {
  const search = new URLSearchParams(query).toString()
  return {
    protocol: server.protocol,
    hostname: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port,
    path: `${server.pathname.replace(/\/$/, '')}${path}${search === '' ? '' : `?${search}`}`,
    method,
    headers: { 'user-agent': 'typed-calico', ...headers, ...own, 'content-length': Buffer.byteLength(body) },
    agent,
    ...(auth === undefined ? {} : { auth }),
  }
}

/** A credential that no header can carry; Node's own message would be right, too, but it is Node's. */
const unfit: SendFailure = {
  _tag: 'NotSent',
  transient: false,
  message: 'the request cannot be made: a credential or header has characters that HTTP does not allow',
}

const open = (
  connection: Connection,
  request: ApiRequest,
  signal: AbortSignal,
): http.ClientRequest | undefined => {
  const { request: start } = connection.server.protocol === 'http:' ? http : https
  try {
    return start({ ...optionsOf(connection, request), signal })
  } catch {
    return undefined
  }
}

/** What a server answers to what it does not accept may echo the credentials: they get no further. */
const without =
  (secrets: ReadonlyArray<string>) =>
  (response: ApiResponse): ApiResponse =>
    response.status < 400 ? response : { ...response, body: conceal(response.body, secrets) }

/** Sends one request. Tells apart what never left from what may have arrived. */
export const sendHttp = (
  connection: Connection,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<E.Either<SendFailure, ApiResponse>> =>
  new Promise((settle) => {
    let sent = false
    const outgoing = open(connection, request, signal)
    if (outgoing === undefined) return settle(E.left(unfit))
    outgoing.on('socket', (socket) =>
      whenOpen(socket, () => {
        sent = true
      }),
    )
    const secrets = secretsOf(connection.headers, connection.auth)
    outgoing.on('response', (response) => read(response, (reply) => settle(E.map(without(secrets))(reply))))
    outgoing.on('error', (error) => settle(E.left(failureOf(error, sent, connection.server))))
    outgoing.end(request.body)
  })
