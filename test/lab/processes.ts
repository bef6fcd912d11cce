import { readdir, readFile } from 'node:fs/promises'
import type { Place } from './place.js'

interface Process {
  readonly pid: number
  /** Its command line, in words. */
  readonly command: ReadonlyArray<string>
  /** As of `/proc/PID/cgroup`: of a container's, its pod's uid is in it. */
  readonly cgroup: string
}

const text = (pid: number, file: string): Promise<string> =>
  readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')

/** What runs on this machine, the lab's included: its namespaces hide the machine from it, not it from the machine. */
const processes = async (): Promise<ReadonlyArray<Process>> => {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  return Promise.all(
    pids.map(async (pid) => ({
      pid,
      command: (await text(pid, 'cmdline')).split('\0'),
      cgroup: await text(pid, 'cgroup'),
    })),
  )
}

/** Of a pod, by its uid: the processes of the program, such as `node`. */
export const processesOf = async (uid: string, program: string): Promise<ReadonlyArray<number>> =>
  (await processes())
    .filter(({ command: [path = ''], cgroup }) => cgroup.includes(uid) && path.endsWith(`/${program}`))
    .map(({ pid }) => pid)

/** The kubelet of this lab, and of no other one. */
export const kubeletOf = async ({ id }: Place): Promise<ReadonlyArray<number>> =>
  (await processes())
    .filter(({ command }) => command[0] === 'kubelet' && command.includes(`--cgroup-root=/${id}`))
    .map(({ pid }) => pid)
