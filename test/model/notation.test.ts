import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ASNumber } from '../../src/model/bgp/as-number.js'
import { type Codec, decodeAs } from '../../src/model/codec/codec.js'
import { Duration, Time } from '../../src/model/meta/scalars.js'
import { Port, parsePort } from '../../src/model/policy/port.js'
import { Protocol, protocolOf } from '../../src/model/policy/protocol.js'

const notation = suite('notations')

const takes = <A>(codec: Codec<A>, cases: ReadonlyArray<readonly [given: unknown, as: A]>): void => {
  for (const [given, as] of cases) assert.equal(decodeAs(codec, given), E.right(as), String(given))
}
const refuses = (codec: Codec<unknown>, values: ReadonlyArray<unknown>): void => {
  for (const value of values) assert.ok(E.isLeft(decodeAs(codec, value)), String(value))
}

notation('a port is a number, a range or a name', () => {
  takes(Port, [
    [0, 0],
    [65535, 65535],
    ['65535', 65535],
    ['0:65535', '0:65535'],
    ['01:010', '1:10'],
    ['7:7', 7],
    ['foo-bar', 'foo-bar'],
    ['80-90', '80-90'],
    ['x'.repeat(128), 'x'.repeat(128)],
  ])
  refuses(Port as Codec<unknown>, [
    -1,
    65536,
    1.5,
    '65536',
    '0:65536',
    '-1:5',
    '10:1',
    '1:2:3',
    '*',
    '',
    'x'.repeat(129),
    null,
    true,
    ' 80',
  ])
  assert.is(parsePort('90:80'), undefined)
})

notation('a protocol is a name in its own case, or a number', () => {
  takes(Protocol, [
    ['UDPLite', 'UDPLite'],
    [0, 0],
    [255, 255],
    ['255', 255],
    ['006', 6],
  ])
  refuses(Protocol as Codec<unknown>, ['tcp', '256', 256, -1, 1.5, '', 'GRE', null, '+6'])
  assert.is(protocolOf('udplite'), 'UDPLite')
  assert.is(protocolOf('gre'), undefined)
})

notation('an AS number is plain, or dotted in text', () => {
  takes(ASNumber, [
    [0, 0],
    [4294967295, 4294967295],
    ['4294967295', 4294967295],
    ['1.10', 65546],
    ['00.01', 1],
    ['65535.65535', 4294967295],
  ])
  refuses(ASNumber as Codec<unknown>, [
    -1,
    4294967296,
    '4294967296',
    1.1,
    '1.1.1',
    '65536.65535',
    '65535.65536',
    '0.-1',
    '',
    'a',
  ])
})

notation("a duration is Go's", () => {
  takes(Duration, [
    ['0', '0'],
    ['90s', '90s'],
    ['1h2m3.5s', '1h2m3.5s'],
    ['-1.s', '-1.s'],
    ['.5ms', '.5ms'],
    ['1µs', '1µs'],
  ])
  refuses(Duration as Codec<unknown>, [90, '90', '', 's', '1 s', '1d', '.s', '1s ', null])
})

notation('a time is RFC 3339, on a day that there is', () => {
  takes(Time, [
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2024-05-10T12:00:00.25+02:00', '2024-05-10T12:00:00.25+02:00'],
  ])
  refuses(Time as Codec<unknown>, [
    '2024-01-01',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01t00:00:00z',
    0,
  ])
})

notation.run()
