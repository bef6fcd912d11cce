import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { networkPolicy, orThrow } from '../../../src/index.js'
import { compile } from '../../../src/policy/compile.js'
import { type ClassFormat, printClasses } from '../../../src/policy/connectivity/print-classes.js'

const test = suite('connectivity by classes, printed')

const pod = (name: string, role: string) =>
  ({ _tag: 'Workload', namespace: 'shop', name, labels: { role } }) as const
const policy = networkPolicy('api', 'shop')
  .selector("role == 'api'")
  .types('Ingress', 'Egress')
  .allowIngress({ protocol: 'TCP', source: { selector: "role == 'web'" }, destination: { ports: [80] } })
const world = orThrow(
  compile({
    resources: [policy],
    pods: [...'abcd'].map((it) => pod(`web-${it}`, 'web')).concat(pod('api', 'api')),
  }),
)
const print = (format: ClassFormat): string => printClasses(world.connectivity(), format)
const webs = 'shop/web-a, shop/web-b, shop/web-c and 1 more'

test('is text, with all that an end may send the same to on one line', () => {
  assert.is(
    print('text'),
    `${webs} → ${webs}: everything
${webs} → shop/api: TCP 80
shop/api → ${webs}, shop/api: nothing`,
  )
})

test('is text in which ends that send the same are one line, and a network is in one piece', () => {
  const inside = policy
    .allowIngress({ protocol: 'TCP', source: { nets: ['10.0.0.0/8'] }, destination: { ports: [443] } })
    .types('Ingress')
  const pods = [pod('web-a', 'web'), pod('cron', 'job'), pod('api', 'api')]
  const outside = { _tag: 'Network', nets: ['0.0.0.0/0'] } as const
  assert.is(
    printClasses(orThrow(compile({ resources: [inside], pods })).connectivity({ outside }), 'text'),
    `shop/web-a, shop/cron, shop/api → shop/web-a, shop/cron, outside (0.0.0.0/0): everything
shop/web-a → shop/api: TCP 80; perhaps TCP 443
shop/cron, shop/api → shop/api: perhaps TCP 443
outside (0.0.0.0/0) → shop/web-a, shop/cron: everything
outside (0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255) → shop/api: nothing
outside (10.0.0.0/8) → shop/api: TCP 443`,
  )
})

test('is JSON with each member', () => {
  const { classes, connections } = JSON.parse(print('json'))
  assert.is(classes[0].members.length, 4)
  assert.equal(connections[1], { from: 0, to: 1, allowed: [{ protocol: 'TCP', ports: [80] }], unknown: [] })
})

test('is CSV that no spreadsheet takes for a formula', () => {
  assert.is(print('csv').split('\n')[2], `"${webs}","shop/api","TCP 80",""`)
  const odd = orThrow(compile({})).connectivity({ '=1+1': pod('x', 'x') })
  assert.is(printClasses(odd, 'csv').split('\n')[1], '"\'=1+1","\'=1+1","everything",""')
})

test('is a table of Markdown', () => {
  assert.is(print('markdown').split('\n')[3], `| ${webs} | shop/api | TCP 80 |`)
})

test('is a picture of what is open', () => {
  assert.is(
    print('mermaid'),
    `flowchart LR
  c0["${webs}"]
  c1["shop/api"]
  c0 -->|"everything"| c0
  c0 -->|"TCP 80"| c1`,
  )
  assert.is(
    print('dot'),
    `digraph connectivity {
  c0 [label="${webs}"]
  c1 [label="shop/api"]
  c0 -> c0 [label="everything"]
  c0 -> c1 [label="TCP 80"]
}`,
  )
})

test.run()
