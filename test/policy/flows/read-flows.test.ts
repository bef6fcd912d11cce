import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain, orThrow } from '../../../src/index.js'
import { readFlows } from '../../../src/policy/index.js'
import { goldmane, hubble, vpc, whisker } from './logs.js'

const logs = suite('readFlows')

const read = (...lines: ReadonlyArray<string>) => orThrow(readFlows(lines.join('\n')))
const first = (...lines: ReadonlyArray<string>) => read(...lines).flows[0]

const refused = (log: string): string => {
  const result = readFlows(log)
  if (result._tag === 'Right') throw new Error('was read')
  return explain(result.left)
}

const web = { _tag: 'Pods', namespace: 'shop', name: 'web-6b7f9d4c8-*', labels: { app: 'web' } }

logs('reads what Goldmane emits, with numbers for its enums', () => {
  const line = goldmane(['shop/web-6b7f9d4c8-*', 'shop/api-*'], {
    dest_service_name: 'api',
    dest_service_namespace: 'shop',
  })
  assert.equal(first(line), {
    from: web,
    to: { _tag: 'Pods', namespace: 'shop', name: 'api-*', labels: { app: 'api' } },
    protocol: 'TCP',
    port: 8080,
    service: 'shop/api',
    verdict: 'allowed',
    reporter: 'source',
    count: 1,
  })
  assert.is(read(line).format, 'goldmane')
})

logs('reads the same in the JSON of protobuf, and in a stream of results', () => {
  const [key] = [{ sourceName: 'web-*', sourceNamespace: 'shop', sourceType: 'WorkloadEndpoint' }]
  const flow = {
    Key: {
      ...key,
      destName: 'partners',
      destType: 'NetworkSet',
      destPort: '443',
      proto: 'tcp',
      reporter: 'Dst',
      action: 'Deny',
    },
    sourceLabels: ['app=web'],
  }
  for (const line of [JSON.stringify(flow), JSON.stringify({ id: '7', flow })])
    assert.equal(first(line), {
      from: { ...web, name: 'web-*' },
      to: { _tag: 'NetworkSet', name: 'partners' },
      protocol: 'TCP',
      port: 443,
      verdict: 'denied',
      reporter: 'destination',
      count: 1,
    })
})

logs("reads Goldmane's networks, hosts, sets and protocols", () => {
  const host = goldmane(['shop/web-*', 'x'], { dest_name: 'node-1', dest_type: 2, proto: 'icmp6', port: 0 })
  const set = goldmane(['pvt', 'x'], { dest_name: 'vip', dest_namespace: 'shop', dest_type: 3, proto: '47' })
  assert.equal(
    [first(host)?.to, first(host)?.protocol, first(host)?.port],
    [{ _tag: 'Host', name: 'node-1' }, 'ICMPv6', undefined],
  )
  assert.equal(
    [first(set)?.from, first(set)?.to, first(set)?.protocol],
    [{ _tag: 'Anywhere', of: 'private' }, { _tag: 'NetworkSet', name: 'vip', namespace: 'shop' }, 47],
  )
})

logs("reads Whisker's list, on one line or many, and its stream", () => {
  const list = { total: { totalPages: 1 }, items: [whisker, whisker] }
  const texts = [
    JSON.stringify(list),
    JSON.stringify(list, undefined, 2),
    `data: ${JSON.stringify(whisker)}\n\ndata:${JSON.stringify(whisker)}\n`,
  ]
  for (const text of texts) {
    const { format, flows } = orThrow(readFlows(text))
    assert.equal([format, flows.length, flows[0]?.count], ['whisker', 1, 2])
    assert.equal(flows[0]?.from, { ...web, labels: { app: 'web', 'pod-template-hash': '6b7f9d4c8' } })
    assert.equal(flows[0]?.to, { _tag: 'Anywhere', of: 'public' })
  }
})

logs('reads Hubble: pods by name, the rest by address, replies and others left out', () => {
  const world = { source: { identity: 2, labels: ['reserved:world'] } }
  const { format, flows, skipped } = read(
    hubble(),
    hubble(world),
    hubble({ is_reply: true }),
    hubble({ verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED', traffic_direction: 'EGRESS' }),
    hubble({ verdict: 'DROPPED', drop_reason_desc: 'TTL_EXCEEDED' }),
    hubble({ verdict: 'AUDIT' }),
    hubble({ Type: 'L7' }),
    '{"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"12"}}',
  )
  assert.is(format, 'hubble')
  assert.equal(flows.map(({ verdict, reporter }) => `${verdict} ${reporter}`).sort(), [
    'allowed destination',
    'allowed destination',
    'denied source',
    'undefined destination',
  ])
  assert.equal(flows.find(({ from }) => from._tag === 'Address')?.from, { _tag: 'Address', ip: '10.0.0.1' })
  assert.equal(flows[0]?.to, {
    _tag: 'Pods',
    namespace: 'shop',
    name: 'api-6b7f9d4c8-x2k4p',
    labels: { app: 'api', 'io.kubernetes.pod.namespace': 'shop' },
    workload: 'api',
  })
  assert.equal(skipped, {
    replies: 1,
    'not judged by policies': 1,
    'of HTTP, DNS or sockets': 1,
    'notes of lost events': 1,
  })
})

logs('reads VPC flow logs, leaving out replies and what was no verdict of policies', () => {
  const { format, flows, skipped } = read(
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
    vpc('10.0.0.1', '10.0.0.2'),
    vpc('10.0.0.1', '10.0.0.2', { source: 40001 }),
    vpc('10.0.0.2', '10.0.0.1', { source: 443, port: 40000 }),
    vpc('10.0.0.9', '10.0.0.2', { action: 'REJECT' }),
    '2 123456789012 eni-0a1b2c3d - - - - - - - 1790000000 1790000060 - NODATA',
  )
  assert.is(format, 'vpc')
  assert.equal(flows, [
    {
      from: { _tag: 'Address', ip: '10.0.0.1' },
      to: { _tag: 'Address', ip: '10.0.0.2' },
      protocol: 'TCP',
      port: 443,
      count: 2,
    },
  ])
  assert.equal(skipped, {
    'heads of columns': 1,
    replies: 1,
    'rejected by security groups': 1,
    'without data': 1,
  })
})

logs('reads a format of their own, and its flags', () => {
  const { flows, skipped } = read(
    'dstaddr srcaddr dstport srcport protocol tcp-flags',
    '10.0.0.2 10.0.0.1 50000 443 6 2',
    '10.0.0.1 10.0.0.2 443 50000 6 18',
  )
  assert.equal([flows.length, flows[0]?.port, skipped.replies], [1, 50000, 1])
})

logs('refuses what is no flow log, and says of which tool it is', () => {
  assert.match(refused(''), 'the flow log is empty')
  assert.match(
    refused('{"source_name_aggr":"web-*","dest_name_aggr":"x","source_name":"-","dest_name":"-"}'),
    'Calico Enterprise',
  )
  assert.match(refused('{"sourcePodName":"web"}'), 'Antrea')
  assert.match(refused('{"upstream_cluster":"x"}'), 'Envoy')
  assert.match(refused('10:00 IP 10.0.0.1.40000 > 10.0.0.2.443: Flags [S]'), 'tcpdump')
  assert.match(refused('Nov 29: shop/web -> shop/api http-request FORWARDED (TCP)'), 'jsonpb')
  assert.match(refused('kind: Pod'), 'this is not a flow log in a known format')
})

logs('names the line of a record that cannot be read', () => {
  assert.match(refused(`${goldmane(['shop/a', 'shop/b'])}\n\n{"broken`), 'line 3')
  assert.match(refused(`${vpc('10.0.0.1', '10.0.0.2')}\n2 short`), /line 2.*2 fields/s)
  assert.match(refused(goldmane(['shop/a', 'shop/b'], { proto: 'warp' })), '"warp"')
})

logs('takes texts and their lines alone', () => {
  const notText = (log: unknown): string => refused(log as string)
  assert.match(notText(5), 'expected the text of a flow log, or its lines, got 5')
  assert.match(notText(undefined), /got nothing.*\n.*read the file as text first/)
  assert.match(notText([JSON.parse(goldmane(['shop/a', 'shop/b']))]), /line 1.*got a map/)
  assert.match(notText(Buffer.from(vpc('10.0.0.1', '10.0.0.2'))), /got 50.*\n.*a Buffer has a toString/)
})

logs.run()
