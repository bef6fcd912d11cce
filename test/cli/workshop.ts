import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type MemoryCluster, memoryCluster, serveMemory, tokenOf } from '../../src/testing/index.js'
import { main } from './build.js'

/** How a call of the command ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CallOptions {
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
  /** Called with all of stderr so far, whenever there is more. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

const root = resolve('.')

/** A folder with files in it, and the real command to call there. */
export interface Workshop {
  readonly folder: string
  readonly write: (file: string, text: string) => void
  readonly call: (args: ReadonlyArray<string>, options?: CallOptions) => Promise<Ended>
  readonly remove: () => void
}

/** The variables that a test passes on: no kubeconfig and no owner of the person who runs it. */
export const environment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: tmpdir(),
  // So that modules import this package from its sources.
  TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
  ...more,
})

export const workshop = (files: Readonly<Record<string, string>> = {}): Workshop => {
  const folder = mkdtempSync(join(tmpdir(), 'typed-calico-cli-'))
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const call = (args: ReadonlyArray<string>, { stdin = '', env = {}, onStderr }: CallOptions = {}) =>
    new Promise<Ended>((done) => {
      const child = spawn(process.execPath, [main, ...args], {
        cwd: folder,
        env: environment(env),
      })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString()
      })
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString()
        onStderr?.(stderr, (signal) => child.kill(signal))
      })
      child.stdin.on('error', () => undefined)
      child.stdin.end(stdin)
      child.on('close', (code) => done({ code, stdout, stderr }))
    })
  return { folder, write, call, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A kubeconfig for an in-memory cluster that is served. Its context is `staging`. */
export const kubeconfigFor = (server: string, token?: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'staging',
    clusters: [{ name: 'memory', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'admin', user: token === undefined ? {} : { token } }],
    contexts: [{ name: 'staging', context: { cluster: 'memory', user: 'admin', namespace: 'shop' } }],
  })

export interface ServedWorkshop extends Workshop {
  readonly cluster: MemoryCluster
  /** The kubeconfig of the user `reader`, who has no rights yet. */
  readonly reader: string
  readonly close: () => Promise<void>
}

/** A workshop whose kubeconfig leads to an in-memory cluster. */
export const servedWorkshop = async (
  files: Readonly<Record<string, string>> = {},
  options: Parameters<typeof memoryCluster>[0] = {},
): Promise<ServedWorkshop> => {
  const cluster = memoryCluster({ namespaces: ['shop'], ...options })
  const { url, close } = await serveMemory(cluster.server)
  const place = workshop({
    ...files,
    kubeconfig: kubeconfigFor(url),
    reader: kubeconfigFor(url, tokenOf('reader')),
  })
  const env = { KUBECONFIG: join(place.folder, 'kubeconfig'), TYPED_CALICO_OWNER: 'shop' }
  return {
    ...place,
    cluster,
    reader: join(place.folder, 'reader'),
    call: (args, callOptions = {}) =>
      place.call(args, { ...callOptions, env: { ...env, ...callOptions.env } }),
    close: async () => {
      await close()
      cluster.close()
      place.remove()
    },
  }
}
