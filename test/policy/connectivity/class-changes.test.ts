import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy, orThrow, type Resource } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import { closes, opens } from '../../../src/policy/connectivity/change-kind.js'
import type { ClassChange } from '../../../src/policy/connectivity/class-changes.js'
import { compareConnectivity } from '../../../src/policy/connectivity/compare-connectivity.js'
import type { Change } from '../../../src/policy/connectivity/diff.js'
import { printExplainedClasses } from '../../../src/policy/connectivity/print-classes.js'
import { printChanges } from '../../../src/policy/connectivity/print-connectivity.js'
import type { Endpoint, Network, Workload } from '../../../src/policy/world/flow.js'
import { knownPod } from '../known-pod.js'
import { changesOf, decisionsOf } from '../membership.js'
import { somePacket, somePod, someResources } from '../random-flows.js'

const test = suite('changes by classes')

const network: Network = { _tag: 'Network', nets: ['10.0.0.0/7', '192.0.2.0/24', '2001:db8::/47'] }
const office: Endpoint = { _tag: 'Address', ip: '203.0.113.1' }
const inNetwork = fc.constantFrom('10.0.0.2', '10.255.255.255', '192.0.2.7', '192.0.2.16', '2001:db8::')
const names = ['shop/a', 'shop/b', 'shop/c', 'office', 'network'] as const

const worldOf = (resources: ReadonlyArray<Resource>, pods: ReadonlyArray<Workload>) =>
  orThrow(
    compile({ resources, pods: pods.map((it, i) => ({ ...it, namespace: 'shop', name: 'abc'.charAt(i) })) }),
  ).connectivity({ office, network })

/** Pair by pair: what a change between classes says of each two members. */
const inPairs = (changes: ReadonlyArray<ClassChange>): ReadonlyArray<Change> =>
  changes.flatMap(({ from, to, ...rest }) =>
    from.flatMap((a) =>
      to.flatMap((b) =>
        a.addresses !== undefined && b.addresses !== undefined
          ? []
          : [{ ...rest, from: a.name, to: b.name, ...pick(a.addresses ?? b.addresses) }],
      ),
    ),
  )
const pick = (addresses: ReadonlyArray<string> | undefined) => (addresses === undefined ? {} : { addresses })

test('says of every packet just what fares otherwise', () => {
  let changed = 0
  const packets = fc.array(
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), inNetwork, somePacket),
    { minLength: 100, maxLength: 100 },
  )
  const pods = fc.array(somePod, { minLength: 2, maxLength: 3 })
  fc.assert(
    fc.property(someResources, someResources, pods, pods, packets, (first, second, was, is, sent) => {
      const [before, after] = [worldOf(first, was), worldOf(second, is)]
      const changes = inPairs(compareConnectivity(before, after))
      const [old, fresh] = [[...before.pairs()], [...after.pairs()]]
      for (const [from, to, ip, packet] of sent) {
        if (!from.startsWith('shop') && !to.startsWith('shop')) continue
        const one = { from, to, ip, packet }
        const [a = 'denied', b = 'denied'] = [decisionsOf(old, one)[0], decisionsOf(fresh, one)[0]]
        const expected = a === b ? [] : [{ before: a, after: b }]
        assert.equal(changesOf(changes, one), expected, JSON.stringify(one))
        changed += expected.length
      }
    }),
    { numRuns: 40 },
  )
  assert.ok(changed > 200, `${changed}`)
})

const pod = (name: string, role: string): Workload => knownPod(name, { role })
const many = (role: string) => Array.from({ length: 30 }, (_, i) => pod(`${role}-${i}`, role))
const db = networkPolicy('db', 'shop').selector("role == 'db'")
const closed = db.allowIngress({ protocol: 'TCP', source: { selector: "role == 'api'" } })
const opened = closed.allowIngress({
  protocol: 'TCP',
  source: { selector: "role in { 'web', 'edge' }" },
  destination: { ports: [5432] },
})

const podManifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'aaa', namespace: 'shop', labels: { role: 'web' } },
  spec: { containers: [{ name: 'main', image: 'web:1' }] },
}

test('is as long as what differs', () => {
  const pods = ['web', 'api', 'edge', 'db'].flatMap(many)
  const before = orThrow(compile({ resources: [closed], pods }))
  const after = orThrow(before.with({ put: [opened], remove: ['Pod(shop/api-7)'] }))
  assert.is(
    printChanges(compareConnectivity(before.connectivity(), after.connectivity())),
    `+ shop/web-0, shop/web-1, shop/web-2 and 57 more → shop/db-0, shop/db-1, shop/db-2 and 27 more: TCP 5432 (was denied)
- shop/web-0, shop/web-1, shop/web-2 and 116 more → shop/api-7: everything (no longer there)
- shop/api-7 → shop/web-0, shop/web-1, shop/web-2 and 87 more: everything (no longer there)
- shop/api-7 → shop/db-0, shop/db-1, shop/db-2 and 27 more: TCP (no longer there)`,
  )
})

test('what is new or gone is told as such, and neither opens nor closes anything', () => {
  const before = orThrow(compile({ resources: [closed], pods: [pod('web', 'web'), pod('db', 'db')] }))
  const after = orThrow(compile({ resources: [opened], pods: [pod('edge', 'edge'), pod('db', 'db')] }))
  const changes = compareConnectivity(before.connectivity(), after.connectivity())
  assert.is(
    printChanges(changes),
    `+ shop/db, shop/edge → shop/edge: everything (not there before)
+ shop/edge → shop/db: TCP 5432 (not there before)
- shop/web, shop/db → shop/web: everything (no longer there)`,
  )
  assert.equal(
    changes.map(({ only }) => only),
    ['after', 'after', 'before'],
  )
  assert.not(changes.some((it) => opens(it) || closes(it)))
  const pairs = compareConnectivity([...before.connectivity().pairs()], [...after.connectivity().pairs()])
  assert.equal([...new Set(pairs.map(({ only }) => only))].sort(), ['after', 'before'])
})

test('what opens between those that stay comes first', () => {
  const before = orThrow(compile({ resources: [closed], pods: [pod('web', 'web'), pod('db', 'db')] }))
  const after = orThrow(before.with({ put: [opened, podManifest] }))
  const [first, ...others] = compareConnectivity(before.connectivity(), after.connectivity())
  assert.equal([first?.only, first?.from], [undefined, [{ name: 'shop/web' }]])
  assert.ok(others.length > 0 && others.every(({ only }) => only === 'after'))
})

test('explains the whole map: each connection with the rules that let it through', () => {
  const pods = [pod('web', 'web'), pod('api', 'api'), pod('db', 'db')]
  const world = orThrow(compile({ resources: [opened], pods }))
  const [, api = -1, base = -1] = world.connectivity().classes.map(({ id }) => id)
  assert.equal(
    world
      .connectivity()
      .explain(api, base)
      .map(({ traffic, decision, reasons }) => [
        decision,
        traffic,
        reasons.map(({ policy = 'end', rule }) => `${policy} ${rule}`),
      ]),
    [
      ['allowed', [{ protocol: 'TCP' }], ['NetworkPolicy(shop/db) 0']],
      ['denied', [{ notProtocols: ['TCP'] }], ['end undefined']],
    ],
  )
  const text = printExplainedClasses(world.connectivity())
  assert.ok(
    text.includes(
      'shop/web → shop/db\n  TCP 5432: allowed\n    ingress: NetworkPolicy(shop/db), rule 1: Allow',
    ),
    text,
  )
  assert.not(text.includes('shop/db → shop/db'), text)
})

test.run()
