import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { MemoryCluster } from '../../src/cluster/memory.js'
import type { KubeObject } from '../../src/cluster/port.js'
import { calicoctl } from '../../src/testing/calicoctl.js'
import { type MemoryClusterOptions, memoryCluster } from '../../src/testing/memory-cluster.js'
import { serveMemory, tokenOf } from '../../src/testing/serve-memory.js'
import { type as typeOf } from '../cluster/contract-ground.js'
import { tls } from '../cluster/listen.js'
import { run } from '../lab/command.js'

/** One call of calicoctl. */
export interface Step {
  readonly args: ReadonlyArray<string>
  /** Files by absolute path. */
  readonly files?: Readonly<Record<string, string>>
  /** Whose rights it has; an administrator's when left out. */
  readonly user?: string
  /** What calicoctl believes to be; 3.28.5 when left out. */
  readonly version?: string
}

interface Output {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What was said, comparable. */
export interface Said {
  readonly exitCode: number
  readonly stdout: unknown
  readonly stderr: string
}

/** What came of a scenario: what was said at each step, and what is stored in the end. */
export interface Outcome {
  readonly said: ReadonlyArray<Said>
  readonly stored: ReadonlyArray<unknown>
}

const kinds: ReadonlyArray<readonly [string, string]> = [
  ['networkpolicies', 'NetworkPolicy'],
  ['globalnetworkpolicies', 'GlobalNetworkPolicy'],
  ['networksets', 'NetworkSet'],
  ['globalnetworksets', 'GlobalNetworkSet'],
  ['hostendpoints', 'HostEndpoint'],
]

const withoutTime = (annotations: Readonly<Record<string, string>> | undefined): unknown =>
  Object.fromEntries(
    Object.entries(annotations ?? {}).map(([key, text]) => {
      if (key !== 'projectcalico.org/metadata') return [key, text]
      const { creationTimestamp: _, managedFields: __, ...rest } = JSON.parse(text)
      return [key, rest]
    }),
  )

const comparable = ({ metadata, ...object }: KubeObject): unknown => ({
  ...object,
  metadata: {
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels ?? {},
    annotations: withoutTime(metadata.annotations),
  },
})

const stored = async (cluster: MemoryCluster): Promise<ReadonlyArray<unknown>> => {
  const lists = await Promise.all(
    kinds.map(([resource, kind]) => cluster.list(typeOf('crd.projectcalico.org', resource, kind))()),
  )
  return lists.flatMap((list) => (list._tag === 'Right' ? list.right.items.map(comparable) : []))
}

/** What is different in every run: identities, and moments. */
const steady = (text: string): string =>
  text
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/("?resourceVersion"?: )"\d+"/g, '$1"RV"')
    .replace(/(Unknown command: .*\n)[\s\S]*/, '$1')
    // Go prints the whole resource there.
    .replace(/(is not supported on ).*: kube/, '$1…: kube')
    // Two YAML readers, two ways to say what is wrong.
    .replace(/(error parsing document: ).*/, '$1…')

/** JSON by what it says, whatever the order of its keys. */
const shown = (stdout: string): unknown => (/^[[{]/.test(stdout) ? JSON.parse(stdout) : stdout)

const play = async (
  options: MemoryClusterOptions,
  steps: ReadonlyArray<Step>,
  act: (cluster: MemoryCluster, step: Step) => Promise<Output>,
): Promise<Outcome> => {
  const cluster = memoryCluster({ namespaces: ['shop'], ...options })
  const said: Said[] = []
  for (const step of steps) {
    const { exitCode, stdout, stderr } = await act(cluster, step)
    said.push({ exitCode, stdout: shown(steady(stdout)), stderr: steady(stderr) })
  }
  return { said, stored: await stored(cluster) }
}

/** The scenario as the program for the in-memory cluster plays it. */
export const playProgram = (options: MemoryClusterOptions, steps: ReadonlyArray<Step>): Promise<Outcome> =>
  play(options, steps, (cluster, { args, files = {}, user, version = '3.28.5' }) =>
    calicoctl()({
      image: `docker.io/calico/ctl:v${version}`,
      command: ['/usr/bin/calicoctl'],
      args,
      env: {},
      files: new Map([['/var/run/secrets/kubernetes.io/serviceaccount/token', ''], ...Object.entries(files)]),
      user: user ?? 'admin',
      send: (request) => cluster.server.handle(request, user),
      signal: new AbortController().signal,
    }),
  )

const configFor = (server: string, user: string | undefined): string =>
  JSON.stringify({
    clusters: [{ name: 'served', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'user', user: user === undefined ? {} : { token: tokenOf(user) } }],
    contexts: [{ name: 'served', context: { cluster: 'served', user: 'user' } }],
    'current-context': 'served',
  })

/** The same as Calico's own calicoctl plays it, on an in-memory cluster behind HTTP. */
export const playReal = (
  binaries: Readonly<Record<string, string>>,
  options: MemoryClusterOptions,
  steps: ReadonlyArray<Step>,
): Promise<Outcome> =>
  play(options, steps, async (cluster, { args, files = {}, user, version = '3.28.5' }) => {
    const root = mkdtempSync(join(tmpdir(), 'calicoctl-'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { url, close } = await serveMemory(cluster.server, { tls })
    const kubeconfig = join(root, 'kubeconfig')
    writeFileSync(kubeconfig, configFor(url, user))
    const env = {
      DATASTORE_TYPE: 'kubernetes',
      KUBECONFIG: kubeconfig,
      CALICO_K8SCLIENTQPS: '1000',
      HOME: root,
    }
    const here = args.map((arg) => (arg.startsWith('/') ? join(root, arg) : arg))
    const { code, stdout, stderr } = await run(binaries[version] ?? '', here, { env })
    await close()
    rmSync(root, { recursive: true })
    return { exitCode: code, stdout: stdout.replaceAll(root, ''), stderr: stderr.replaceAll(root, '') }
  })
