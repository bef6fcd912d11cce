import { readdir, readlink } from 'node:fs/promises'
import { must, run } from './command.js'
import type { Place } from './place.js'

/** What changes by itself, whether a lab comes and goes or not. */
const restless =
  /^(kernel\.(random|ns_last_pid|pty)|fs\.(dentry|file|inode)|\/sys\/fs\/cgroup\/[^/]+\/process_api)/

/** What a lab might change on the machine, a line each, without what belongs to other labs. */
export const traces = async ({ id }: Place): Promise<ReadonlyArray<string>> => {
  const folders = ['/etc', '/mnt', '/opt', '/run', '/usr/libexec', '/var/lib', '/var/log', '/root/.kube']
  const outputs = await Promise.all([
    must('ip', ['-oneline', 'link']),
    must('ip', ['-oneline', 'address']),
    must('ip', ['route', 'show', 'table', 'all']),
    must('nft', ['list', 'ruleset']),
    must('cat', ['/proc/self/mounts']),
    must('sysctl', ['--all', '--ignore']),
    must('find', ['/sys/fs/cgroup', '-type', 'd']),
    run('find', [...folders, '-xdev']).then(({ stdout }) => stdout),
  ])
  const others = new RegExp(`\\btcl-(?!${id.slice('tcl-'.length)})`)
  const lines = outputs.flatMap((output) => output.split('\n'))
  return lines.filter((line) => !restless.test(line) && !others.test(line))
}

const kinds = ['mnt', 'net', 'pid', 'uts'] as const

/** The namespaces that a process is in. */
export const namespacesOf = async (pid: number | string): Promise<ReadonlyArray<string>> =>
  Promise.all(kinds.map((kind) => readlink(`/proc/${pid}/ns/${kind}`).catch(() => '')))

/** The processes that are in any of these namespaces. */
export const processesIn = async (namespaces: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) =>
      (await namespacesOf(pid)).some((name) => namespaces.includes(name)) ? [pid] : [],
    ),
  )
  return found.flat()
}
