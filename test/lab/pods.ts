import type { Clients } from './clients.js'
import type { Output } from './command.js'
import { probeImage } from './images.js'

/** Protocol and port, such as `tcp/8080`. */
export type Port = `${'tcp' | 'udp'}/${number}`

/** Where to, such as `tcp/198.19.0.2:8080`; `to(pod, port)` makes one. */
export type Target = `${'tcp' | 'udp'}/${string}:${number}`

export type Answer = 'reachable' | 'refused' | 'timed out'

export interface PodSpec {
  readonly namespace: string
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  /** Ports that answer; none for a pod that only probes. */
  readonly serves?: ReadonlyArray<Port>
  readonly serviceAccountName?: string
  /** Whether it is a process on its node's network. */
  readonly hostNetwork?: boolean
}

export interface Pod {
  readonly namespace: string
  readonly name: string
  readonly ip: string
}

export const to = (pod: Pod, port: Port): Target => {
  const [protocol, number] = port.split('/')
  return `${protocol === 'udp' ? 'udp' : 'tcp'}/${pod.ip}:${Number(number)}`
}

/** On its host's network, only root serves ports below 1024. */
const user = (hostNetwork: boolean) =>
  hostNetwork ? { runAsUser: 0 } : { runAsUser: 65534, runAsNonRoot: true }
const capabilities = (hostNetwork: boolean) => ({
  drop: ['ALL'],
  ...(hostNetwork ? { add: ['NET_BIND_SERVICE'] } : {}),
})

/** Admitted under the restricted profile of Pod Security, so in any namespace, unless it is on its host's network. */
const manifest = ({
  namespace,
  name,
  labels = {},
  serves = [],
  serviceAccountName = 'default',
  hostNetwork = false,
}: PodSpec) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels },
  spec: {
    serviceAccountName,
    hostNetwork,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: { ...user(hostNetwork), seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'probe',
        image: probeImage,
        args: ['serve', ...serves],
        securityContext: { allowPrivilegeEscalation: false, capabilities: capabilities(hostNetwork) },
        // The pod is not ready before its ports answer.
        lifecycle: { postStart: { exec: { command: ['/probe', 'serving'] } } },
      },
    ],
  },
})

const stdoutOf = ({ code, stdout, stderr }: Output): string => {
  if (code !== 0) throw new Error(stderr || stdout)
  return stdout
}

/** Starts pods and waits until all are ready. */
export const startPods = async (
  { kubectl }: Clients,
  specs: ReadonlyArray<PodSpec>,
): Promise<ReadonlyArray<Pod>> => {
  const list = { apiVersion: 'v1', kind: 'List', items: specs.map(manifest) }
  stdoutOf(await kubectl(['create', '-f', '-'], JSON.stringify(list)))
  const ready = ['wait', '--for=condition=Ready', '--timeout=120s', '-o', 'jsonpath={.status.podIP}']
  return Promise.all(
    specs.map(async ({ namespace, name }) => {
      const ip = stdoutOf(await kubectl([...ready, '--namespace', namespace, `pod/${name}`]))
      return { namespace, name, ip }
    }),
  )
}

const isAnswer = (line: string): line is Answer => ['reachable', 'refused', 'timed out'].includes(line)

/** What a probe says of each target, all tried at once. `exec` runs its image's program somewhere. */
export const probeFrom = async (
  exec: (args: ReadonlyArray<string>) => Promise<Output>,
  targets: ReadonlyArray<Target>,
): Promise<ReadonlyArray<Answer>> => {
  const lines = stdoutOf(await exec(['dial', '2s', ...targets]))
    .trim()
    .split('\n')
  return lines.map((line, index) => {
    // What the sender's own node drops, the kernel tells a sender of UDP at once.
    if (line.endsWith('write: operation not permitted')) return 'timed out'
    if (!isAnswer(line)) throw new Error(`${targets[index]}: ${line}`)
    return line
  })
}
