import * as lib from './src/index.js'
import * as policy from './src/policy/index.js'
const { orThrow } = lib as any
const show = (name: string, f: () => unknown) => {
  try { const v: any = f(); console.log(name, '→', typeof v === 'object' ? JSON.stringify(v)?.slice(0, 300) : v) } catch (e: any) { console.log(name, 'THROWS', e?.constructor?.name, e?._tag, String(e?.message).slice(0, 200)) }
}
const p = policy as any, l = lib as any
for (const bad of [null, undefined, 5, 'x', [], {}, { resources: 5 }, { nope: [] }, {resources: [null]}, {resources: null}])
  show(`compile(${JSON.stringify(bad)})`, () => p.compile(bad))
show('compile opts', () => p.compile({}, null))
show('compile opts', () => p.compile({}, {calico: 5}))
show('compile opts', () => p.compile({}, {calicoo: '3.28'}))
show('compile opts', () => p.compile({}, {staged: 'enforce'}))
for (const bad of [null, undefined, 5, {}, [5], []]) show(`readFlows(${JSON.stringify(bad)})`, () => p.readFlows(bad))
const world = orThrow(p.compile({ resources: [l.networkPolicy('api','shop').denyIngress()], pods: [{ _tag: 'Workload', namespace: 'shop', name: 'web' }] }))
for (const bad of ['nope', 'shop/wob', null, undefined, 5, {}, 'HostEndpoint(x)', 'node:x', 'NetworkPolicy(shop/api)']) {
  show(`policiesOf(${JSON.stringify(bad)})`, () => world.policiesOf(bad))
  show(`exposure(${JSON.stringify(bad)})`, () => world.exposure(bad))
  show(`peersOf(${JSON.stringify(bad)})`, () => world.peersOf(bad))
  show(`peersOfPolicy(${JSON.stringify(bad)})`, () => world.peersOfPolicy(bad))
  show(`redundant(${JSON.stringify(bad)})`, () => world.redundant(bad))
  show(`verdict(${JSON.stringify(bad)})`, () => world.verdict({ from: bad, to: 'shop/web', protocol: 'TCP', port: 80 }))
  show(`verdict raw`, () => world.verdict(bad))
  show(`unusedRules`, () => world.unusedRules(bad))
  show(`connectivity`, () => world.connectivity(bad))
  show(`allows`, () => world.allows(bad))
}
for (const bad of [{ remove: ['nope'] }, { remove: ['NetworkPolicy(shop/apo)'] }, { remove: 'NetworkPolicy(shop/api)' }, {put: null}, {put: 5}, null, undefined, {remov: []}, {remove: [5]}, {remove:['Pod(shop/web)']}])
  show(`with(${JSON.stringify(bad)})`, () => world.with(bad))
for (const f of ['verdict','connectivity','lint','contains','equivalent','interferes','replay','suggest','ruleCoverage','expectFlow','orderedTiers','compareConnectivity'])
  for (const bad of [null, undefined, 5, {}]) show(`${f}(${JSON.stringify(bad)})`, () => p[f](bad))
for (const bad of [null, undefined, 5, {}]) for (const f of ['decode','check','decodeAndCheck','fromYaml','toYaml','toJson','parseSelector','matches','fromKubernetes','fromStorage','networkPolicy','editYaml','explain','printSelector','tier'])
  show(`${f}(${JSON.stringify(bad)})`, () => l[f](bad))
