import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check } from '../../src/check/check.js'
import {
  addressValue,
  familyAt,
  networkInterval,
  parseAddresses,
  printAddresses,
  printAddressValue,
} from '../../src/net/cidr.js'
import { covers } from '../../src/net/interval.js'

const cidr = suite('nets')

cidr('that Go refuses are read by nobody', () => {
  for (const text of [
    '10/8',
    '010.0.0.1',
    '010.0.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    '1.2.3/24',
    'fd00::/129',
    '',
  ])
    assert.is(networkInterval(text), undefined, text)
  for (const text of ['010.0.0.1', '10', '0x0a.0.0.1', 'fe80::1%eth0', '10.0.0.1/32'])
    assert.is(addressValue(text), undefined, text)
})

cidr('that check takes have addresses, and no others', () => {
  const texts = [
    '10.0.0.0/8',
    '10/8',
    '010.0.0.0/8',
    '10.0.0.0/08',
    'fd00::/8',
    '::ffff:10.0.0.0/104',
    '0.0.0.0/0',
  ]
  for (const net of texts) {
    const source = { nets: [net] }
    const policy = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'NetworkPolicy',
      metadata: { name: 'a' },
      spec: { ingress: [{ action: 'Allow', source }] },
    } as const
    assert.is(check(policy)._tag === 'Right', networkInterval(net) !== undefined, net)
  }
})

cidr('of IPv6 that end like an address of IPv4 are of IPv6, unless they are mapped', () => {
  const family = (text: string) => familyAt(networkInterval(text)?.from ?? 0n)
  assert.is(family('::10.0.0.0/104'), 6)
  assert.is(family('::ffff:10.0.0.0/104'), 4)
  assert.is(family('64:ff9b::10.0.0.0/104'), 6)
})

const ipv4 = fc.ipV4()
/** ipaddr.js takes ::10.0.0.1 for an address of IPv4; to Go, as to RFC 4291, it is one of IPv6. */
const address = fc.oneof(
  ipv4,
  fc.ipV6().filter((ip) => !/^::\d+\./.test(ip)),
)
const net = address.chain((ip) =>
  fc.nat({ max: ip.includes(':') ? 128 : 32 }).map((length) => `${ip}/${length}`),
)

/** The address as ipaddr.js has it: IPv4 inside of IPv6 is IPv4 to Go. */
const peer = (ip: string): ipaddr.IPv4 | ipaddr.IPv6 => ipaddr.process(ip)

cidr('have the addresses that ipaddr.js finds in them', () => {
  fc.assert(
    fc.property(net, address, (range, ip) => {
      const [base, length] = ipaddr.parseCIDR(range)
      // A net of IPv4 inside of IPv6 counts its length from 128: ipaddr.js has no word for that.
      fc.pre(base.kind() === peer(range.split('/')[0] ?? '').kind())
      const interval = networkInterval(range)
      const value = addressValue(ip)
      assert.ok(interval !== undefined && value !== undefined)
      const other = peer(ip)
      const expected = other.kind() === base.kind() && other.match(base, length)
      assert.is(covers([interval], value), expected, `${range} ${ip}`)
    }),
  )
})

cidr('begin and end where ipaddr.js has their first and last address', () => {
  fc.assert(
    fc.property(ipv4, fc.nat({ max: 32 }), (ip, length) => {
      const interval = networkInterval(`${ip}/${length}`)
      assert.ok(interval !== undefined)
      const { IPv4 } = ipaddr
      assert.is(printAddressValue(interval.from), IPv4.networkAddressFromCIDR(`${ip}/${length}`).toString())
      assert.is(
        printAddressValue(interval.until - 1n),
        IPv4.broadcastAddressFromCIDR(`${ip}/${length}`).toString(),
      )
    }),
  )
})

cidr('print as a text that reads as the same addresses', () => {
  fc.assert(
    fc.property(net, address, (range, ip) => {
      const interval = networkInterval(range)
      const value = addressValue(ip)
      assert.ok(interval !== undefined && value !== undefined)
      assert.equal(parseAddresses(printAddresses(interval)), interval)
      assert.is(addressValue(printAddressValue(value)), value)
      assert.is(familyAt(value), peer(ip).kind() === 'ipv4' ? 4 : 6)
    }),
  )
  assert.is(printAddresses({ from: 0n, until: 3n }), '0.0.0.0-0.0.0.2')
  assert.equal(parseAddresses('0.0.0.0-0.0.0.2'), { from: 0n, until: 3n })
})

cidr.run()
