import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Failure } from '../../error.js'

/** Why a pod of a fleet's Job has no kubeconfig. */
export interface NotMounted extends Failure {
  readonly _tag: 'NoKubeconfig' | 'SecretsRewritten'
}

const noSecret: NotMounted = {
  _tag: 'NoKubeconfig',
  message: 'there is no Secret of that name, or it has no kubeconfig',
  hint: 'make the Secret, and run again',
}

const rewritten: NotMounted = {
  _tag: 'SecretsRewritten',
  message: 'a Secret of this Job was changed while the pod started',
  hint: 'nothing: Kubernetes starts another pod, and counts no failure',
}

const unreadable = (code: string | undefined): NotMounted => ({
  _tag: 'NoKubeconfig',
  message: `the kubeconfig of the Secret cannot be read (${code ?? 'for no reason given'})`,
  hint: 'look at the securityContext that the Job was given: its fsGroup must be able to read',
})

/** Kubelet removes a folder file by file, and then itself. */
const settlingMs = 500

const isGone = async (folder: string): Promise<boolean> => {
  const found = await stat(folder).catch(() => undefined)
  return found === undefined || found.nlink === 0
}

/**
 * What the Secret of an index holds. When any Secret of a volume changes, kubelet writes the whole volume anew and removes what was
 * there; a container that has a folder of it mounted by `subPathExpr` is left with the removed one, which has no links any more.
 *
 * **Source**: Kubernetes' pkg/volume/util/atomic_writer.go.
 */
export const readMounted = async (path: string): Promise<Either<NotMounted, string>> => {
  try {
    return right(await readFile(path, 'utf8'))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'ENOENT') return left(unreadable(code))
    await sleep(settlingMs)
    return left((await isGone(dirname(path))) ? rewritten : noSecret)
  }
}
