import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import * as E from 'fp-ts/lib/Either.js'
import type { Connection } from './http.js'
import type { KubeConfigLike } from './kubeconfig.js'
import type { NoConfig } from './transport.js'

/** Hands out the connection to use, its credentials as fresh as they need to be. */
export interface Credentials {
  /** A new one in place of `refused`, whose credentials the server did not accept. */
  readonly connection: (refused?: Connection) => Promise<E.Either<NoConfig, Connection>>
  readonly close: () => void
}

/** What client-node fills in. */
interface Filled extends https.RequestOptions {
  headers: http.OutgoingHttpHeaders
}

// As client-go does for tokens in files; and exec plugins without an expiry would run for every request.
const freshMs = 60_000
const idleMs = 20_000
const mostSockets = 32

/** client-node makes an agent for every request, for one connection each. This one is kept, and keeps them alive. */
const keepAlive = (agent: http.Agent): http.Agent =>
  Object.assign(agent, { keepAlive: true, maxSockets: mostSockets, maxFreeSockets: mostSockets })

const fingerprint = ({ ca, cert, key }: https.RequestOptions): string =>
  createHash('sha256')
    .update(JSON.stringify([ca, cert, key].map(String)))
    .digest('hex')

const tlsOf = ({
  ca,
  cert,
  key,
  servername,
  rejectUnauthorized,
}: https.RequestOptions): https.AgentOptions => ({
  ...(ca === undefined ? {} : { ca }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
  ...(servername === undefined ? {} : { servername }),
  ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
})

/** Lets requests that are under way finish, and ends the connections that idle. */
const retire = (agent: http.Agent): void => {
  Object.assign(agent, { keepAlive: false })
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
}

const texts = (headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value).trim()]),
  )

export const createCredentials = (config: KubeConfigLike, server: URL): Credentials => {
  let agent: http.Agent | undefined
  let material = ''
  let since = 0
  let current: Connection | undefined
  let pending: Promise<E.Either<NoConfig, Connection>> | undefined

  const agentFor = (filled: Filled): http.Agent => {
    const print = fingerprint(filled)
    if (agent !== undefined && print === material) return agent
    if (agent !== undefined) retire(agent)
    material = print
    agent = keepAlive(filled.agent instanceof http.Agent ? filled.agent : new https.Agent(tlsOf(filled)))
    return agent
  }

  const renew = async (): Promise<E.Either<NoConfig, Connection>> => {
    const filled: Filled = { headers: {}, timeout: idleMs }
    since = Date.now()
    current = undefined
    try {
      await config.applyToHTTPSOptions(filled)
    } catch {
      // The reason may quote a token: what the plugin printed, or a file.
      const message =
        "the context's credentials could not be obtained: its plugin, certificate or token file failed"
      const hint = `To see why, run: kubectl --context ${config.getCurrentContext()} get namespaces`
      return E.left({ _tag: 'NoConfig', message, hint })
    }
    const { auth, headers } = filled
    current = {
      server,
      agent: agentFor(filled),
      headers: texts(headers),
      ...(typeof auth === 'string' ? { auth } : {}),
    }
    return E.right(current)
  }

  return {
    connection: async (refused) => {
      const old = Date.now() - since > freshMs || (refused !== undefined && refused === current)
      if (pending === undefined || old) pending = renew()
      const result = await pending
      if (E.isLeft(result)) pending = undefined
      return result
    },
    close: () => {
      if (agent !== undefined) retire(agent)
      agent = undefined
      pending = undefined
    },
  }
}
