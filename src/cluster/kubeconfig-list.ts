import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'

/** The files of `KUBECONFIG`, as kubectl takes them: those that are not there are passed over, unless none is. */
export const kubeconfigList = (): ReadonlyArray<string> => {
  const files = (process.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '')
  const there = files.filter((file) => existsSync(file))
  return there.length > 0 ? there : files.slice(0, 1)
}

const firstOfEachName = <A extends { readonly name: string }>(
  lists: ReadonlyArray<ReadonlyArray<A>>,
): Array<A> => {
  const found = new Map<string, A>()
  for (const one of lists.flat()) if (!found.has(one.name)) found.set(one.name, one)
  return [...found.values()]
}

/**
 * Several kubeconfigs as one, as kubectl has it: what the first file that names it says counts, the current context as well.
 * client-node by itself lets the last one choose the context, and refuses a name that is in two files.
 *
 * **Source**: Kubernetes' documentation, "Organizing Cluster Access Using kubeconfig Files".
 */
export const mergeInto = (config: KubeConfig, files: ReadonlyArray<KubeConfig>): void =>
  config.loadFromOptions({
    clusters: firstOfEachName(files.map((file) => file.getClusters())),
    users: firstOfEachName(files.map((file) => file.getUsers())),
    contexts: firstOfEachName(files.map((file) => file.getContexts())),
    currentContext: files.map((file) => file.getCurrentContext()).find((name) => name),
  })
