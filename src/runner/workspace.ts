import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Shard } from './input.js'

/** Only for who runs this: there are credentials in it. */
const mine = { mode: 0o600 }

const configuration = (kubeconfig: string): string =>
  JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'CalicoAPIConfig',
    metadata: {},
    spec: { datastoreType: 'kubernetes', kubeconfig, k8sClientQPS: 1000 },
  })

/** The arguments by which calicoctl goes by such a folder, and by nothing else on this machine. */
export const argumentsIn = (folder: string, verb: string): ReadonlyArray<string> => [
  verb,
  '-f',
  join(folder, verb),
  '--config',
  join(folder, 'calicoctl.cfg'),
]

/**
 * Puts into a folder all that calicoctl reads: its input, by verb; a kubeconfig; and its own configuration, for where
 * there is one in `/etc/calico` it goes before every variable.
 */
export const furnish = async (
  folder: string,
  shards: ReadonlyArray<Shard>,
  kubeconfig: string,
): Promise<void> => {
  await mkdir(folder, { mode: 0o700 })
  for (const { verb, file, text } of shards) {
    await mkdir(join(folder, verb), { recursive: true })
    await writeFile(join(folder, verb, file), text, mine)
  }
  await writeFile(join(folder, 'kubeconfig'), kubeconfig, mine)
  await writeFile(join(folder, 'calicoctl.cfg'), configuration(join(folder, 'kubeconfig')), mine)
}
