import { refuse } from '../world/given-arguments.js'
import type { ClassConnectivity, PeerGroup } from './class-connectivity.js'

/**
 * The part of a connectivity with some endpoint at one of its ends, by its name.
 *
 * @example
 * const pods = ['web', 'api', 'db'].map((name) => ({ _tag: 'Workload', namespace: 'shop', name, labels: { name } }))
 * const resources = [networkPolicy('db', 'shop').selector("name == 'db'").types('Ingress', 'Egress')]
 * const whole = orThrow(compile({ resources, pods })).connectivity()
 * printClasses(focusOn(whole, (name) => name === 'shop/db'), 'text') // => 'shop/web, shop/api → shop/db: nothing\nshop/db → shop/web, shop/api, shop/db: nothing'
 */
export const focusOn = (whole: ClassConnectivity, isWanted: (name: string) => boolean): ClassConnectivity => {
  if (!Array.isArray(Object(whole).classes))
    refuse([], 'a connectivity by classes', whole, 'pass what `connectivity` of a compiled world answers')
  const wanted = new Set(
    whole.classes.flatMap(({ id, members }) => (members.some(({ name }) => isWanted(name)) ? [id] : [])),
  )
  const rows = [...whole.connections()].filter(({ from, to }) => wanted.has(from) || wanted.has(to))
  const ids = new Map([...new Set(rows.flatMap(({ from, to }) => [from, to]))].map((id, at) => [id, at]))
  const classes = [...ids].flatMap(([old, id]): ReadonlyArray<PeerGroup> => {
    const group = whole.classes[old]
    return group === undefined ? [] : [{ ...group, id }]
  })
  const back = [...ids.keys()]
  return {
    classes,
    between: (from, to) => whole.between(back[from] ?? -1, back[to] ?? -1),
    explain: (from, to) => whole.explain(back[from] ?? -1, back[to] ?? -1),
    connections: () =>
      rows.map((row) => ({ ...row, from: ids.get(row.from) ?? 0, to: ids.get(row.to) ?? 0 })),
    *pairs() {
      for (const pair of whole.pairs()) if (isWanted(pair.from) || isWanted(pair.to)) yield pair
    },
  }
}
