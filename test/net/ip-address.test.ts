import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  family,
  firstAddress,
  isMasked,
  parseAddress,
  parseNetwork,
  printAddress,
} from '../../src/net/ip-address.js'

const address = suite('parseAddress')

const printed = (text: string): string | undefined => {
  const words = parseAddress(text)
  return words === undefined ? undefined : printAddress(words)
}

address('reads what Go reads', () => {
  const readings = {
    '10.0.0.1': '10.0.0.1',
    '::': '::',
    '::1': '::1',
    '1::': '1::',
    'FD00::A': 'fd00::a',
    '1:2:3:4:5:6:7:8': '1:2:3:4:5:6:7:8',
    '1:0:0:4:0:0:0:8': '1:0:0:4::8',
    '0:0:3:0:0:6:7:8': '::3:0:0:6:7:8',
    '1:0:3:4:5:6:7:8': '1:0:3:4:5:6:7:8',
    '::ffff:10.0.0.1': '10.0.0.1',
    '::ffff:a00:1': '10.0.0.1',
    '64:ff9b::10.0.0.1': '64:ff9b::a00:1',
    '1:2:3:4:5:6:10.0.0.1': '1:2:3:4:5:6:a00:1',
    '0001::': '1::',
  }
  for (const [text, expected] of Object.entries(readings)) assert.is(printed(text), expected, text)
})

address('refuses what Go refuses', () => {
  const bad = [
    ...[
      '',
      ' ',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.',
      '.1.2.3',
      '1..2.3',
      '256.0.0.1',
      '01.2.3.4',
      '1.2.3.00',
      '1.2.3.4 ',
    ],
    ...[
      '-1.2.3.4',
      '1.2.3.4%eth0',
      'fe80::1%eth0',
      ':',
      ':::',
      '1:::2',
      '1::2::3',
      ':1',
      '1:',
      '1:2:3:4:5:6:7',
    ],
    ...['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '12345::', 'g::', '::10.0.0', '::10.0.0.256', '10.0.0.1::'],
    ...['1:2:3:4:5:6:7:10.0.0.1', '::1:2:3:4:5:6:10.0.0.1:1', '[::1]', '1.2.3.4/32', '0x1.2.3.4', '١.2.3.4'],
  ]
  for (const text of bad) assert.is(printed(text), undefined, text)
})

address('agrees with Node on IPv4', () => {
  const field = fc.oneof(
    fc.integer({ min: 0, max: 300 }).map(String),
    fc.constantFrom('', '00', '01', 'a', '1 '),
  )
  fc.assert(
    fc.property(fc.array(field, { minLength: 3, maxLength: 5 }), (fields) => {
      const text = fields.join('.')
      assert.is(parseAddress(text) !== undefined, isIPv4(text), text)
    }),
  )
})

address('agrees with Node on IPv6 without zones', () => {
  const group = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 0x1ffff }).map((group) => group.toString(16)) },
    { weight: 3, arbitrary: fc.constantFrom('', '0', '10.0.0.1', '00001') },
  )
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 9 }), (groups) => {
      const text = groups.join(':')
      assert.is(parseAddress(text) !== undefined, isIPv6(text), text)
    }),
    { numRuns: 2000 },
  )
})

address('prints what it reads again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const words = parseAddress(text) ?? []
      assert.equal(parseAddress(printAddress(words)), words)
    }),
  )
})

address('takes a megabyte in no time', () => {
  for (const text of [':'.repeat(1e6), '1.'.repeat(1e6), '0'.repeat(1e6)]) {
    assert.is(parseAddress(text), undefined)
    assert.is(parseNetwork(`${text}/8`), undefined)
  }
})

address.run()

const network = suite('parseNetwork')

network('counts the length from the front of what is written', () => {
  assert.is(parseNetwork('10.0.0.0/8')?.fixed, 104)
  assert.is(parseNetwork('::ffff:10.0.0.0/104')?.fixed, 104)
  assert.is(parseNetwork('fd00::/8')?.fixed, 8)
  assert.is(parseNetwork('10.0.0.0/0008')?.fixed, 104)
})

network('refuses lengths that Go refuses', () => {
  for (const text of [
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/+8',
    '10.0.0.0/8 ',
    '::/129',
    '/8',
    '10.0.0.0/8/8',
  ]) {
    assert.is(parseNetwork(text), undefined, text)
  }
})

const first = (text: string): string => {
  const parsed = parseNetwork(text)
  return parsed === undefined ? '' : printAddress(firstAddress(parsed))
}

network('knows its first address, and whether that is what was written', () => {
  const nets = {
    '10.1.2.3/8': '10.0.0.0',
    '10.1.2.3/31': '10.1.2.2',
    '10.1.2.3/0': '0.0.0.0',
    '10.1.2.3/32': '10.1.2.3',
    'fd12:3456::1/20': 'fd12:3000::',
    'fd00::1/128': 'fd00::1',
    'fd00::1/0': '::',
  }
  for (const [text, expected] of Object.entries(nets)) {
    assert.is(first(text), expected, text)
    const parsed = parseNetwork(text)
    assert.is(parsed !== undefined && isMasked(parsed), text.split('/')[0] === expected, text)
  }
})

network('has its family from its first address', () => {
  const familyOf = (text: string) => family(firstAddress(parseNetwork(text) ?? { words: [], fixed: 0 }))
  assert.is(familyOf('10.0.0.0/8'), 4)
  assert.is(familyOf('::ffff:10.0.0.0/104'), 4)
  assert.is(familyOf('::ffff:10.0.0.0/90'), 6)
  assert.is(familyOf('::/0'), 6)
})

network.run()
