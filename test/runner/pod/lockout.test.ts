import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, networkPolicy, type Resource } from '../../../src/index.js'
import type { RunnerOptions } from '../../../src/runner/options.js'
import { createRunner } from '../../../src/runner/runner.js'
import { memoryCluster } from '../../../src/testing/index.js'
import { differences, snapshot } from '../../faults/cluster-snapshot.js'
import { intercepted } from '../intercept.js'
import { failureOf } from '../observe.js'

const lockout = suite('lockout')

const server = '203.0.113.10'
const endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'kubernetes', namespace: 'default' },
  subsets: [{ addresses: [{ ip: server }], ports: [{ port: 6443 }] }],
}

const runnerOn = (options: Partial<RunnerOptions> = {}) => {
  const plain = memoryCluster({ namespaces: ['shop'] })
  const cluster = intercepted(plain, async ({ path }) =>
    path.endsWith('/endpoints/kubernetes')
      ? { status: 200, headers: {}, body: JSON.stringify(endpoints) }
      : undefined,
  )
  return { plain, runner: createRunner({ owner: 'own', cluster, namespace: 'shop', ...options }) }
}

const label = 'typed-calico.projectcalico.org/run'
const all = () => globalNetworkPolicy('x')
const inShop = () => networkPolicy('x', 'shop')
const web = { protocol: 'TCP', destination: { ports: [80] } } as const
const toServer = { protocol: 'TCP', destination: { nets: [`${server}/32`], ports: [6443] } } as const
const shop = "projectcalico.org/namespace == 'shop'"

type Set = readonly [why: string, ...resources: ReadonlyArray<Resource>]

const selectors: ReadonlyArray<readonly [why: string, selector: string]> = [
  ['everything', 'all()'],
  ['everything, by an empty selector', ''],
  ['the namespace', shop],
  ['the run’s label', `has(${label})`],
  ['what manages it', "app.kubernetes.io/managed-by == 'typed-calico'"],
  ['what is not the web', "app != 'web'"],
  [
    'what is in no namespace of the system',
    "projectcalico.org/namespace not in {'kube-system', 'calico-system'}",
  ],
  ['one of two', `app == 'web' || has(${label})`],
]

const bad: ReadonlyArray<Set> = [
  ...selectors.map(
    ([why, selector]): Set => [`a deny of ${why}`, all().selector(selector).types('Egress').denyEgress({})],
  ),
  ...selectors.map(
    ([why, selector]): Set => [`no rule at all for ${why}`, all().selector(selector).types('Egress')],
  ),
  ['an allow of something else only', all().selector('all()').allowEgress(web)],
  ['a deny before the allow', all().selector('all()').denyEgress({}).allowEgress(toServer)],
  [
    'a deny of a lower order',
    all().order(1).selector('all()').denyEgress({}),
    networkPolicy('y', 'shop').order(2).selector('all()').allowEgress(toServer),
  ],
  [
    'a deny of the server’s network',
    all()
      .selector('all()')
      .denyEgress({ destination: { nets: ['203.0.113.0/24'] } })
      .allowEgress({}),
  ],
  [
    'a deny of its port',
    all()
      .selector('all()')
      .denyEgress({ protocol: 'TCP', destination: { ports: [6443] } })
      .allowEgress({}),
  ],
  [
    'a deny of a range with its port',
    all()
      .selector('all()')
      .denyEgress({ protocol: 'TCP', destination: { ports: ['6000:7000'] } })
      .allowEgress({}),
  ],
  [
    'a deny of all but another network',
    all()
      .selector('all()')
      .denyEgress({ destination: { notNets: ['192.0.2.0/24'] } })
      .allowEgress({}),
  ],
  ['a deny in the namespace', inShop().selector('all()').types('Egress').denyEgress({})],
  ['no rule in the namespace', inShop().selector('all()').types('Ingress', 'Egress')],
  ['a log and then nothing', all().selector('all()').logEgress({})],
  [
    'DNS and nothing else',
    all()
      .selector('all()')
      .allowEgress({ protocol: 'UDP', destination: { ports: [53] } }),
  ],
  [
    'a deny by namespace',
    all().namespaceSelector("projectcalico.org/name == 'shop'").types('Egress').denyEgress({}),
  ],
  [
    'an allow to the wrong port',
    all()
      .selector('all()')
      .allowEgress({ protocol: 'TCP', destination: { nets: [`${server}/32`], ports: [443] } }),
  ],
  [
    'an allow over the wrong protocol',
    all()
      .selector('all()')
      .allowEgress({ protocol: 'UDP', destination: { nets: [`${server}/32`], ports: [6443] } }),
  ],
]

const good: ReadonlyArray<Set> = [
  ...selectors.map(
    ([why, selector]): Set => [
      `an allow of the server for ${why}`,
      all().selector(selector).allowEgress(toServer).denyEgress({}),
    ],
  ),
  ...selectors.map(
    ([why, selector]): Set => [
      `only ingress of ${why}`,
      all().selector(selector).types('Ingress').denyIngress({}),
    ],
  ),
  ['all but the run', all().selector(`!has(${label})`).types('Egress').denyEgress({})],
  [
    'another namespace',
    all().selector("projectcalico.org/namespace == 'other'").types('Egress').denyEgress({}),
  ],
  ['another app', all().selector("app == 'web'").types('Egress').denyEgress({})],
  ['an allow before the deny', all().selector('all()').allowEgress(toServer).denyEgress({})],
  [
    'an allow of a lower order',
    networkPolicy('y', 'shop').order(1).selector('all()').allowEgress(toServer),
    all().order(2).selector('all()').denyEgress({}),
  ],
  [
    'an allow of the server’s network',
    all()
      .selector('all()')
      .allowEgress({ destination: { nets: ['203.0.113.0/24'] } })
      .denyEgress({}),
  ],
  [
    'an allow of a range with the port',
    all()
      .selector('all()')
      .allowEgress({ protocol: 'TCP', destination: { ports: ['6000:7000'] } }),
  ],
  [
    'a deny of another network',
    all()
      .selector('all()')
      .denyEgress({ destination: { nets: ['192.0.2.0/24'] } })
      .allowEgress({}),
  ],
  [
    'a deny of all other ports',
    all()
      .selector('all()')
      .denyEgress({ protocol: 'TCP', destination: { notPorts: [6443] } })
      .allowEgress({}),
  ],
  [
    'a deny of all other networks',
    all()
      .selector('all()')
      .denyEgress({ destination: { notNets: ['203.0.113.0/24'] } })
      .allowEgress({}),
  ],
  [
    'a policy of another namespace',
    networkPolicy('x', 'default').selector('all()').types('Egress').denyEgress({}),
  ],
  [
    'a deny by another namespace',
    all().namespaceSelector("projectcalico.org/name == 'default'").types('Egress').denyEgress({}),
  ],
  ['everything allowed', all().selector('all()').allowEgress({})],
  ['a deny over UDP', all().selector('all()').denyEgress({ protocol: 'UDP' }).allowEgress({})],
]

lockout(
  `I15: refuses ${bad.length} sets that cut its pod off from the API server, and names why`,
  async () => {
    assert.ok(bad.length >= 30)
    for (const [why, ...resources] of bad) {
      const { plain, runner } = runnerOn()
      const before = await snapshot(plain)
      const failure = failureOf(await runner.te.apply(resources)())
      assert.is(failure._tag, 'Lockout', `${why}: ${failure.message}`)
      assert.match(failure.message, /GlobalNetworkPolicy|NetworkPolicy|tier "default"/)
      assert.equal(differences(before, await snapshot(plain)), [], why)
    }
  },
)

lockout(`I15: lets ${good.length} sets pass that do not`, async () => {
  assert.ok(good.length >= 30)
  for (const [why, ...resources] of good) {
    const result = await runnerOn().runner.te.apply(resources)()
    assert.is(result._tag === 'Right' ? 'Right' : result.left.message, 'Right', why)
  }
})

lockout('goes on when told to, exempt or not, or on the host network', async () => {
  const deny = all().order(1).selector('all()').types('Egress').denyEgress({})
  for (const options of [
    { lockout: 'ignore' },
    { lockout: 'exempt' },
    { pod: { hostNetwork: true } },
  ] as const) {
    const report = await runnerOn(options).runner.apply([deny])
    assert.is(
      report.items.length,
      options === undefined ? 0 : 'lockout' in options && options.lockout === 'exempt' ? 2 : 1,
    )
  }
})

lockout.run()
