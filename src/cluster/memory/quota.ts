import type { KubeObject } from '../port.js'
import { type ServedType, types } from './served-type.js'
import { forbidden, type Refusal } from './status.js'
import type { Store } from './store.js'
import { record } from './strategy.js'

/** The names under which a quota counts objects of the kind: `pods`, `count/jobs.batch`. */
const countedAs = ({ group, resource }: ServedType): ReadonlyArray<string> => [
  `count/${group === '' ? resource : `${resource}.${group}`}`,
  ...(group === '' ? [resource] : []),
]

/** A pod that has ended takes no room under `pods`; under `count/pods` it counts until it is gone. */
const takesRoom = (name: string, { status }: KubeObject): boolean =>
  name !== 'pods' || !['Succeeded', 'Failed'].includes(String(record(status).phase))

/** Whether one more object of the kind fits into every quota of its namespace. Counts objects; not cpu or memory. */
export const checkQuota = (store: Store, type: ServedType, { metadata }: KubeObject): Refusal | undefined => {
  if (!type.namespaced) return undefined
  for (const quota of store.list(types.resourcequotas, metadata.namespace)) {
    const hard = record(record(quota.spec).hard)
    for (const name of countedAs(type)) {
      if (hard[name] === undefined) continue
      const used = store.list(type, metadata.namespace).filter((one) => takesRoom(name, one)).length
      if (used < Number(hard[name])) continue
      const why = `exceeded quota: ${quota.metadata.name}, requested: ${name}=1, used: ${name}=${used}, limited: ${name}=${hard[name]}`
      return forbidden(type, metadata.name || (metadata.generateName ?? ''), why)
    }
  }
  return undefined
}
