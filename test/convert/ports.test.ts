import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { portsByProtocol, simplifyPorts } from '../../src/convert/ports.js'
import type { Port } from '../../src/model/policy/port.js'

const ports = suite('ports of a conversion')

const expand = (port: Port): ReadonlyArray<Port> => {
  const [min, max] = String(port).split(':').map(Number)
  if (min === undefined || max === undefined) return [port]
  return Array.from({ length: max - min + 1 }, (_, index) => min + index)
}
const all = (list: ReadonlyArray<Port>): ReadonlyArray<string> =>
  [...new Set(list.flatMap(expand).map(String))].sort()

const number = fc.integer({ min: 1, max: 40 })
const port: fc.Arbitrary<Port> = fc.oneof(
  number,
  fc.tuple(number, fc.integer({ min: 1, max: 9 })).map(([min, more]) => `${min}:${min + more}`),
  fc.constantFrom('http', 'dns'),
)

ports('stay the same ports when they are joined, in as few ranges as there can be', () => {
  fc.assert(
    fc.property(fc.array(port, { maxLength: 12 }), (given) => {
      const joined = simplifyPorts(given)
      assert.equal(all(joined), all(given))
      const numbers = joined
        .filter((item) => item !== 'http' && item !== 'dns')
        .map((item) => expand(item).map(Number))
      numbers.forEach((range, index) => {
        const next = numbers[index + 1]?.[0]
        assert.ok(next === undefined || next > Number(range.at(-1)) + 1)
      })
    }),
  )
})

ports('are left as they come when at most one is a number', () => {
  assert.equal(simplifyPorts([80]), [80])
  assert.equal(simplifyPorts([80, 'http']), [80, 'http'])
  assert.equal(simplifyPorts(['80:81', 'http']), ['http', '80:81'])
})

ports('go by the name of their protocol, whatever its case', () => {
  assert.equal(portsByProtocol([{ port: 2, protocol: 'udp' }, { port: 1 }, { port: 3, protocol: 'UDP' }]), [
    ['TCP', [1]],
    ['UDP', [2, 3]],
  ])
})

ports('are joined a hundred thousand at a time', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => ({ port: (index * 7919) % 65536 }))
  const [[, found] = ['', []]] = portsByProtocol(many)
  assert.equal(simplifyPorts(found), ['0:65535'])
})

ports.run()
