import { globalNetworkPolicy, globalNetworkSet, networkPolicy, type Resource } from '../../src/index.js'

const allow = { protocol: 'TCP', destination: { ports: [80] } } as const

const policy = (name: string, namespace: string, order: number) =>
  networkPolicy(name, namespace).order(order).selector("app == 'w'").allowIngress(allow)

/** What the owner has from an earlier run. `tag` keeps apart the names of scenarios that share a cluster. */
export const former = (namespace: string, tag = ''): ReadonlyArray<Resource> => [
  policy('changed', namespace, 10),
  policy('same', namespace, 20),
  policy('dropped', namespace, 30),
  globalNetworkSet(`nets${tag}`).nets('192.0.2.0/24'),
]

/** What it wants now: something to create, to update, to leave and to delete. */
export const wanted = (namespace: string, tag = ''): ReadonlyArray<Resource> => [
  policy('changed', namespace, 11),
  policy('same', namespace, 20),
  policy('new', namespace, 40),
  globalNetworkPolicy(`global${tag}`)
    .order(900)
    .selector(`projectcalico.org/namespace == '${namespace}' && has(quarantine)`)
    .denyIngress({}),
  globalNetworkSet(`nets${tag}`).nets('192.0.2.0/24', '198.51.100.0/24'),
]
