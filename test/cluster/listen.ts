import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'

const folder = new URL('./certificates/', import.meta.url)

/** A file of `certificates/`. */
export const pem = (name: string): string => readFileSync(new URL(`${name}.pem`, folder), 'utf8')

export const tls = { cert: pem('server'), key: pem('server-key') }

interface Listening {
  readonly port: number
  readonly close: () => Promise<void>
}

const listening = async (server: net.Server, end: () => void): Promise<Listening> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        end()
      }),
  }
}

/** A TCP server that does this with each connection. */
export const listenTcp = (handle: (socket: net.Socket) => void): Promise<Listening> => {
  const open = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
    handle(socket)
  })
  return listening(server, () => {
    for (const socket of open) socket.destroy()
  })
}

/** An HTTP server; how many connections it has seen is counted. */
export const listenHttp = async (handle: http.RequestListener, options?: https.ServerOptions) => {
  const server = options === undefined ? http.createServer(handle) : https.createServer(options, handle)
  const seen = { connections: 0, open: new Set<net.Socket>() }
  server.on('connection', (socket) => {
    seen.connections += 1
    seen.open.add(socket)
    socket.on('close', () => seen.open.delete(socket))
  })
  return { ...(await listening(server, () => server.closeAllConnections())), seen }
}
