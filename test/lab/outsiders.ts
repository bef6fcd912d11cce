import { type ChildProcess, spawn } from 'node:child_process'
import { readlink } from 'node:fs/promises'
import { becomes } from './becomes.js'
import { must, run } from './command.js'
import { type Answer, type Port, probeFrom, type Target } from './pods.js'

/** A link of the node: its name there, and the two ends' addresses, of a network of 30 bits. */
export interface OutsiderSpec {
  readonly interface: string
  readonly node: string
  readonly ip: string
}

/** Network namespaces beside the node's, one behind each link; each serves and probes. */
export interface Outsiders {
  readonly probe: (index: number, ...targets: ReadonlyArray<Target>) => Promise<ReadonlyArray<Answer>>
  /** Ends them; their links go with them. */
  readonly end: () => Promise<void>
}

export interface OutsidersAt {
  /** A process in the node's network namespace. */
  readonly node: number | undefined
  readonly probe: string
}

const inside = (pid: number): ReadonlyArray<string> => ['--target', `${pid}`, '--net']

const networkOf = (pid: number | 'self'): Promise<string | undefined> =>
  readlink(`/proc/${pid}/ns/net`).catch(() => undefined)

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('close', () => resolve())
    child.kill('SIGKILL')
  })

/** Starts them. */
export const startOutsiders = async (
  { node, probe }: OutsidersAt,
  specs: ReadonlyArray<OutsiderSpec>,
  served: ReadonlyArray<Port>,
): Promise<Outsiders> => {
  if (node === undefined) throw new Error('the lab is not up')
  const inNode = inside(node)
  // They end with this process, however it ends, and their links with them.
  const start = ['--pdeathsig', 'KILL', 'nsenter', ...inNode, 'unshare', '--net', probe, 'serve', ...served]
  const outside = specs.map(() => spawn('setpriv', start, { stdio: 'ignore' }))
  const end = async (): Promise<void> => {
    await Promise.all(outside.map(ended))
    // The kernel removes a link with the namespace of its other end, but some time later.
    for (const { interface: name } of specs) await run('nsenter', [...inNode, 'ip', 'link', 'delete', name])
  }
  const batch = (where: ReadonlyArray<string>, lines: ReadonlyArray<string>): Promise<string> =>
    must('nsenter', [...where, 'ip', '-batch', '-'], { stdin: `${lines.join('\n')}\n` })
  try {
    const pids = outside.map(({ pid }) => pid ?? 0)
    // A child is first in the machine's network namespace, then in the node's, then in its own.
    const others = await Promise.all([networkOf('self'), networkOf(node)])
    await becomes(async () => {
      const own = await Promise.all(pids.map(networkOf))
      return own.every((it) => it !== undefined && !others.includes(it))
    }, true)
    await batch(
      inNode,
      specs.flatMap(({ interface: name, node: address }, i) => [
        `link add ${name} type veth peer name out0 netns ${pids[i]}`,
        `address add ${address}/30 dev ${name}`,
        `link set ${name} up`,
      ]),
    )
    await Promise.all(
      specs.map(({ node: gateway, ip }, i) =>
        batch(inside(pids[i] ?? 0), [
          'link set lo up',
          `address add ${ip}/30 dev out0`,
          'link set out0 up',
          `route add default via ${gateway}`,
        ]),
      ),
    )
  } catch (cause) {
    await end()
    throw cause
  }
  return {
    end,
    probe: (index, ...targets) =>
      probeFrom((args) => run('nsenter', [...inside(outside[index]?.pid ?? 0), probe, ...args]), targets),
  }
}
