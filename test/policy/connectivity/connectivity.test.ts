import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy, globalNetworkSet, networkPolicy, type Resource } from '../../../src/index.js'
import { compareConnectivity } from '../../../src/policy/connectivity/compare-connectivity.js'
import { connectivity } from '../../../src/policy/connectivity/connectivity.js'
import { printChanges, printConnectivity } from '../../../src/policy/connectivity/print-connectivity.js'
import type { Endpoint, Network } from '../../../src/policy/world/flow.js'

const test = suite('connectivity, by example')

const pod = (role: string, rest: object = {}) =>
  ({ _tag: 'Workload', namespace: 'shop', labels: { role }, ...rest }) as const
const internet: Network = { _tag: 'Network', nets: ['0.0.0.0/0'] }
const web = pod('web', { ip: '10.0.0.1' })
const api = pod('api', { ip: '10.0.0.2' })

const policy = networkPolicy('api', 'shop').selector("role == 'api'")

/** What comes to the api, printed. */
const toApi = (resource: Resource, endpoints: Record<string, Endpoint | Network> = { web, api }): string =>
  printConnectivity(
    connectivity([resource], endpoints).filter(({ from, to }) => to === 'api' && from !== 'api'),
  )

test('lists every pair with a pod in it, a pod with itself too, and no two addresses', () => {
  const address: Endpoint = { _tag: 'Address', ip: '192.0.2.7' }
  const all = connectivity([policy.denyIngress()], { api, address, internet })
  assert.is(
    printConnectivity(all),
    'api → api: nothing\napi → address, internet: everything\naddress → api: nothing\ninternet → api: nothing',
  )
})

test('joins ports that rules allow one by one, and takes those away that an earlier rule denies', () => {
  const rules = policy
    .denyIngress({ protocol: 'TCP', destination: { ports: [85] } })
    .allowIngress({ protocol: 'TCP', destination: { ports: ['80:89', 90, '91:99', 7] } })
  assert.is(toApi(rules), 'web → api: TCP 7, 80:84, 86:99')
})

test('leaves out what is not restricted: all ports, all protocols', () => {
  const ports = { ports: ['1:65535'] } as const
  assert.equal(connectivity([policy.allowIngress({ protocol: 'TCP', destination: ports })], { api }), [
    { from: 'api', to: 'api', allowed: [{ protocol: 'TCP' }], unknown: [] },
  ])
  assert.equal(connectivity([policy.allowIngress()], { api })[0]?.allowed, [{}])
})

test('says all but some protocols, and what is left of these', () => {
  const rules = policy
    .denyIngress({ protocol: 'TCP', destination: { ports: [22] } })
    .denyIngress({ protocol: 47 })
    .allowIngress()
  assert.is(toApi(rules), 'web → api: all but TCP, 47; TCP 1:21, 23:65535')
  assert.is(toApi(policy.allowIngress({ notProtocol: 47 })), 'web → api: all but 47')
  assert.is(toApi(policy.allowIngress({ protocol: 47 })), 'web → api: protocol 47')
})

test('tells ICMP apart by type and code', () => {
  const rules = policy
    .denyIngress({ protocol: 'ICMP', icmp: { type: 3, code: 1 } })
    .allowIngress({ protocol: 'ICMP', notICMP: { type: 8 } })
  assert.is(toApi(rules), 'web → api: ICMP type 0:2, 4:7, 9:255; ICMP type 3 code 0, 2:255')
})

test('says from which ports of the source, where not all of them will do', () => {
  const source = { notPorts: ['1:1023'] } as const
  const rules = policy.allowIngress({ protocol: 'UDP', source, destination: { ports: [53] } })
  assert.is(toApi(rules), 'web → api: UDP 53 from 1024:65535')
})

test('finds named ports at each pod, and says perhaps where the names are not given', () => {
  const rules = policy.allowIngress({ protocol: 'TCP', destination: { ports: ['http', 9] } })
  const named = (namedPorts: Record<string, number>) => toApi(rules, { web, api: { ...api, namedPorts } })
  assert.is(named({ http: 80 }), 'web → api: TCP 9, 80')
  assert.is(named({ http: 8080 }), 'web → api: TCP 9, 8080')
  assert.is(named({}), 'web → api: TCP 9')
  assert.is(toApi(rules), 'web → api: TCP 9; perhaps TCP 1:8, 10:65535')
})

test('tells pods apart by what rules name alone', () => {
  const rules = policy.allowIngress({ protocol: 'TCP', destination: { ports: ['http'] } })
  const pods = {
    web,
    a: pod('api', { namedPorts: { http: 80 } }),
    b: pod('api', { namedPorts: { http: 81 } }),
  }
  assert.is(
    printConnectivity(connectivity([rules], pods).filter(({ from }) => from === 'web')),
    'web → web: everything\nweb → a: TCP 80\nweb → b: TCP 81',
  )
})

test('splits a network where rules and labelled sets do', () => {
  const set = globalNetworkSet('partners').labels({ who: 'partner' }).nets('192.0.2.0/24')
  const rules = policy
    .allowIngress({ source: { selector: "who == 'partner'", namespaceSelector: 'global()' } })
    .allowIngress({ protocol: 'TCP', source: { notNets: ['10.0.0.0/8', '192.0.2.128/25'] } })
  const all = connectivity([set, rules], { api, internet })
  assert.equal(
    all.filter(({ from }) => from === 'internet'),
    [
      {
        from: 'internet',
        to: 'api',
        addresses: ['0.0.0.0-9.255.255.255', '11.0.0.0-192.0.1.255', '192.0.3.0-255.255.255.255'],
        allowed: [{ protocol: 'TCP' }],
        unknown: [],
      },
      { from: 'internet', to: 'api', addresses: ['10.0.0.0/8'], allowed: [], unknown: [] },
      { from: 'internet', to: 'api', addresses: ['192.0.2.0/24'], allowed: [{}], unknown: [] },
    ],
  )
})

test('knows both families of a network', () => {
  const both: Network = { _tag: 'Network', nets: ['192.0.2.0/24', '2001:db8::/32'] }
  const rules = policy.allowIngress({ ipVersion: 6 })
  const bare = pod('api')
  assert.is(
    toApi(rules, { both, api: bare }),
    'both → api for 192.0.2.0/24: nothing\nboth → api for 2001:db8::/32: everything',
  )
})

test('knows nothing of a network that cannot be read', () => {
  const broken: Network = { _tag: 'Network', nets: ['10.0.0.0/33', '10.0.0.0/8'] }
  const rules = policy.allowIngress({ source: { nets: ['10.0.0.0/8'] } })
  assert.is(toApi(rules, { broken, api: pod('api') }), 'broken → api: perhaps everything')
})

test('says perhaps where a service decides, or an address that is not given', () => {
  const services = { services: { name: 'web', namespace: 'shop' } }
  assert.is(toApi(policy.allowIngress({ source: services })), 'web → api: perhaps everything')
  const nets = policy.allowIngress({ protocol: 'TCP', source: { nets: ['10.0.0.0/8'] } })
  assert.is(toApi(nets, { web: pod('web'), api }), 'web → api: perhaps TCP')
})

const compare = (before: ReadonlyArray<Resource>, after: ReadonlyArray<Resource>): string =>
  printChanges(
    compareConnectivity(
      connectivity(before, { web, api, internet }),
      connectivity(after, { web, api, internet }),
    ),
  )

test('compares: what opens, what closes, what is no longer known', () => {
  const tcp = (...ports: ReadonlyArray<number | `${number}:${number}`>) =>
    policy.allowIngress({
      protocol: 'TCP',
      source: { selector: "role == 'web'" },
      destination: { ports: [...ports] },
    })
  assert.is(compare([tcp(80)], [tcp(80)]), 'nothing changes')
  assert.is(
    compare([tcp(80, 81)], [tcp('81:82')]),
    '+ web → api: TCP 82 (was denied)\n- web → api: TCP 80 (was allowed)',
  )
  const perhaps = policy.allowIngress({
    protocol: 'TCP',
    source: { services: { name: 'web', namespace: 'shop' } },
  })
  assert.is(
    compare([tcp(80)], [perhaps]),
    [
      '? web → api: TCP 80 (was allowed)',
      '? web → api: TCP 1:79, 81:65535 (was denied)',
      '? api → api: TCP (was denied)',
      '? internet → api: TCP (was denied)',
    ].join('\n'),
  )
})

test('compares the parts of a network', () => {
  const from = (...nets: ReadonlyArray<string>) => policy.allowIngress({ source: { nets: [...nets] } })
  assert.is(
    compare([from('192.0.2.0/24')], [from('192.0.2.0/25', '198.51.100.7/32')]),
    [
      '- internet → api for 192.0.2.128/25: everything (was allowed)',
      '+ internet → api for 198.51.100.7: everything (was denied)',
    ].join('\n'),
  )
  assert.is(
    compare(
      [policy.denyIngress()],
      [globalNetworkPolicy('all').order(1).allowIngress(), policy.denyIngress()],
    ),
    ['web → api', 'api → api', 'internet → api']
      .map((ends) => `+ ${ends}: everything (was denied)`)
      .join('\n'),
  )
})

test('compares an endpoint that is new with one that lets nothing through, and says which state has it', () => {
  const [before, after] = [connectivity([], { web }), connectivity([], { web, api })]
  assert.equal(compareConnectivity(before, after), [
    { from: 'web', to: 'api', only: 'after', before: 'denied', after: 'allowed', traffic: [{}] },
    { from: 'api', to: 'web', only: 'after', before: 'denied', after: 'allowed', traffic: [{}] },
    { from: 'api', to: 'api', only: 'after', before: 'denied', after: 'allowed', traffic: [{}] },
  ])
})

test.run()
