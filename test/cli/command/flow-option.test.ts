import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseBeforeDNAT, parseIcmp, parseThrough } from '../../../src/cli/command/flow-option.js'

const option = suite('options of a flow')

option('take a destination with its port, of both families', () => {
  assert.equal(parseBeforeDNAT('192.0.2.1:30080'), { ip: '192.0.2.1', port: 30080 })
  assert.equal(parseBeforeDNAT('[2001:db8::1]:80'), { ip: '2001:db8::1', port: 80 })
})

option('refuse a destination that is no address, or has no port', () => {
  const wrong = [
    '192.0.2.1',
    '192.0.2.1:0',
    '192.0.2.1:70000',
    'n1:80',
    'fd00::1:80',
    '[192.0.2.1]:80',
    ':80',
  ]
  for (const text of wrong) assert.throws(() => parseBeforeDNAT(text), /Write it as IP:PORT/, text)
})

option('take a node with the interfaces that are named', () => {
  assert.equal(parseThrough('n1'), { node: 'n1' })
  assert.equal(parseThrough('node:n1/eth0'), { node: 'n1', in: 'eth0' })
  assert.equal(parseThrough('n1/eth0/eth1'), { node: 'n1', in: 'eth0', out: 'eth1' })
})

option('refuse a node without a name, and more than two interfaces', () => {
  for (const text of ['', 'node:', 'n1/', 'n1//eth0', 'n1/a/b/c'])
    assert.throws(() => parseThrough(text), /NODE\/IN\/OUT/, text)
})

option('take a type of ICMP, of code 0 unless it is named', () => {
  assert.equal(
    [parseIcmp('8'), parseIcmp('3/1')],
    [
      { type: 8, code: 0 },
      { type: 3, code: 1 },
    ],
  )
  assert.throws(() => parseIcmp('256'), /TYPE\/CODE/)
})

option.run()
