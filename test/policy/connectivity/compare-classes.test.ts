import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy, orThrow } from '../../../src/index.js'
import { parseAddresses, printAddresses } from '../../../src/net/cidr.js'
import { join } from '../../../src/net/interval.js'
import {
  type Change,
  type ClassChange,
  closes,
  compareClasses,
  compareConnectivity,
  compile,
  type Network,
  opens,
  printClassChanges,
} from '../../../src/policy/index.js'
import { somePod, someResources } from '../world.js'

const changes = suite('compareClasses')

const whole = { _tag: 'Network', nets: ['0.0.0.0/0'] } as const satisfies Network

type Single = Omit<Change, 'traffic'> & { readonly traffic: unknown }

/** Changes of single pairs, each with all addresses that it is about. */
const joined = (all: ReadonlyArray<Single>): ReadonlyArray<string> => {
  const found = new Map<string, Array<string>>()
  for (const { from, to, addresses, before, after, traffic } of all) {
    const isNetwork = from === 'outside' || to === 'outside'
    const key = JSON.stringify([from, to, before, after, traffic])
    found.set(key, [...(found.get(key) ?? []), ...(addresses ?? (isNetwork ? whole.nets : []))])
  }
  return [...found]
    .map(
      ([key, texts]) => `${key} ${join(texts.flatMap((it) => parseAddresses(it) ?? [])).map(printAddresses)}`,
    )
    .sort()
}

const single = (all: ReadonlyArray<ClassChange>): ReadonlyArray<Single> =>
  all.flatMap(({ from, to, ...change }) =>
    from.flatMap((a) =>
      to.map((b) => {
        const addresses = a.addresses ?? b.addresses
        return { ...change, from: a.name, to: b.name, ...(addresses === undefined ? {} : { addresses }) }
      }),
    ),
  )

const pods = fc
  .array(somePod, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((pod, i) => ({ ...pod, name: `pod-${i}` })))

changes('say what comparing each pair says', () => {
  fc.assert(
    fc.property(someResources, someResources, pods, (old, fresh, all) => {
      const reach = (resources: typeof old) =>
        orThrow(compile({ resources, pods: all })).connectivity({ outside: whole })
      const [before, after] = [reach(old), reach(fresh)]
      const byPair = compareConnectivity([...before.pairs()], [...after.pairs()])
      assert.equal(joined(single(compareClasses(before, after))), joined(byPair))
    }),
    { numRuns: 200 },
  )
})

const pod = (name: string) => ({ _tag: 'Workload', namespace: 'shop', name, labels: { name } }) as const
const base = networkPolicy('db', 'shop').selector("name == 'db'")
const worldOf = (policy: typeof base) =>
  orThrow(compile({ resources: [policy], pods: ['web', 'api', 'db'].map(pod) })).connectivity({
    outside: whole,
  })

const narrow = worldOf(base.allowIngress({ protocol: 'TCP', source: { selector: "name == 'api'" } }))
const wide = worldOf(base.allowIngress({ protocol: 'TCP', source: { nets: ['192.0.2.0/24'] } }))

changes('name those that fare alike together, and parts of a network by their addresses', () => {
  assert.equal(compareClasses(narrow, wide), [
    {
      from: [{ name: 'outside', addresses: ['192.0.2.0/24'] }],
      to: [{ name: 'shop/db' }],
      before: 'denied',
      after: 'allowed',
      traffic: [{ protocol: 'TCP' }],
    },
    {
      from: [{ name: 'shop/db' }, { name: 'shop/web' }],
      to: [{ name: 'shop/db' }],
      before: 'denied',
      after: 'unknown',
      traffic: [{ protocol: 'TCP' }],
    },
    {
      from: [{ name: 'shop/api' }],
      to: [{ name: 'shop/db' }],
      before: 'allowed',
      after: 'unknown',
      traffic: [{ protocol: 'TCP' }],
    },
  ])
  assert.equal(compareClasses(narrow, narrow), [])
})

changes('count what is not known for both gates', () => {
  const change = (before: Change['before'], after: Change['after']) => ({ before, after })
  assert.ok(opens(change('denied', 'unknown')))
  assert.ok(opens(change('unknown', 'allowed')))
  assert.not(opens(change('allowed', 'denied')))
  assert.not(opens(change('unknown', 'denied')))
  assert.ok(closes(change('allowed', 'unknown')))
  assert.not(closes(change('denied', 'allowed')))
})

changes('print for people, tables and pictures', () => {
  const all = compareClasses(narrow, wide)
  assert.is(
    printClassChanges(all, 'text'),
    [
      '+ outside (192.0.2.0/24) → shop/db: TCP (was denied)',
      '? shop/db, shop/web → shop/db: TCP (was denied)',
      '? shop/api → shop/db: TCP (was allowed)',
    ].join('\n'),
  )
  assert.match(
    printClassChanges(all, 'markdown'),
    '| + | outside (192.0.2.0/24) | shop/db | TCP | denied | allowed |',
  )
  assert.match(printClassChanges(all, 'csv'), '"shop/api","shop/db","allowed","unknown","TCP"')
  assert.match(printClassChanges(all, 'mermaid'), 'c0 -->|"+ TCP"| c1')
  assert.match(printClassChanges(all, 'dot'), 'c0 -> c1 [color=green label="+ TCP"]')
  assert.is(JSON.parse(printClassChanges(all, 'json')).changes.length, 3)
  assert.is(printClassChanges([], 'text'), 'nothing changes')
  assert.is(printClassChanges([], 'markdown'), 'Nothing changes.')
})

changes.run()
