import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where one lab and what it is built from are kept. Nothing of it is in the checkout. */
export interface Place {
  readonly name: string
  /** The minor version of Kubernetes that is asked for, such as `1.33`; undefined where any will do. */
  readonly kubernetes: string | undefined
  /** Of the link to the machine and of the cgroups: no other lab on this machine has it. */
  readonly id: string
  /** Shared by all checkouts of this user: binaries, images and labs. */
  readonly cache: string
  /** This lab's own folder in the cache. */
  readonly folder: string
  readonly kubeconfig: string
  readonly logs: string
  /** Rendered configuration and keys: there while the lab is. */
  readonly etc: string
  /** Held, by the kernel, as long as any process of the lab lives. */
  readonly alive: string
  readonly lock: string
  readonly record: string
  readonly pid: string
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The folder of the lab's sources. */
export const source = fileURLToPath(new URL('.', import.meta.url))

/** The checkout these sources are in. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/**
 * The place that the environment names: XDG_CACHE_HOME for the cache, TYPED_CALICO_LAB for the lab,
 * TYPED_CALICO_KUBERNETES for what to make it of.
 */
export const placeOf = (env: NodeJS.ProcessEnv = process.env): Place => {
  const name = env.TYPED_CALICO_LAB || 'lab'
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`TYPED_CALICO_LAB=${name} has more than a-z, 0-9 and -`)
  const cache = join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'typed-calico-lab')
  const folder = join(cache, 'labs', name)
  return {
    name,
    kubernetes: env.TYPED_CALICO_KUBERNETES || undefined,
    id: `tcl-${digest(folder).slice(0, 8)}`,
    cache,
    folder,
    kubeconfig: join(folder, 'kubeconfig'),
    logs: join(folder, 'logs'),
    etc: join(folder, 'etc'),
    alive: join(folder, 'alive'),
    lock: join(folder, 'lock'),
    record: join(folder, 'lab.json'),
    pid: join(folder, 'pid'),
  }
}
