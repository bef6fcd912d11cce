import type { Labels } from '../../selector/ast.js'
import type { Workload } from '../world/flow.js'
import type { RecordedPods } from './recorded-flow.js'

/** The names that the workload of a pod may have: without what Deployments, Jobs and DaemonSets add. */
const workloadNames = (name: string): ReadonlyArray<string> => {
  const whole = name.replace(/-?\*$/, '')
  const isAll = whole !== name
  const once = isAll ? whole : whole.replace(/-(?:[a-z0-9]{5}|\d+)$/, '')
  return [...new Set([whole, once, once.replace(/-[a-z0-9]{5,10}$/, '')])]
}

/** Whether pods with these labels may be those that were recorded: what all of them have, each has. */
const fits = ({ labels: own = {} }: Workload, recorded: Labels = {}): boolean =>
  Object.keys(recorded).length === 0 ||
  Object.entries(own).every(([key, value]) => recorded[key] === value || !(key in recorded))

/** Finds the pods of a world that a flow log names: the pod itself, all of a beginning, or the workload for its pods. */
export const podsNamed = (
  pods: ReadonlyMap<string, Workload>,
): ((recorded: RecordedPods) => ReadonlyArray<string>) => {
  let byNamespace: Map<string, Array<string>> | undefined
  const inNamespace = (namespace: string): ReadonlyArray<string> => {
    if (byNamespace === undefined) {
      byNamespace = new Map()
      for (const key of pods.keys()) {
        const [space = ''] = key.split('/', 1)
        const there = byNamespace.get(space)
        if (there === undefined) byNamespace.set(space, [key])
        else there.push(key)
      }
    }
    return byNamespace.get(namespace) ?? []
  }
  return ({ namespace, name, labels, workload }) => {
    const own = `${namespace}/${name}`
    if (pods.has(own)) return [own]
    if (name.endsWith('*')) {
      const start = own.slice(0, -1)
      const found = inNamespace(namespace).filter((it) => it.startsWith(start))
      if (found.length > 0) return found
    }
    const names = workload === undefined ? workloadNames(name) : [workload]
    const [first] = names
      .map((it) => `${namespace}/${it}`)
      .filter((it) => {
        const pod = pods.get(it)
        return pod !== undefined && fits(pod, labels)
      })
    return first === undefined ? [] : [first]
  }
}
