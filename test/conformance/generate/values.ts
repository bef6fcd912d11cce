import { type Pool, raw, split } from './pool.js'

const long = (n: number): string => 'x'.repeat(n)

const wrongForText = [1, true, null, raw('010'), raw('1.10'), raw('yes'), raw('2024-01-01'), [], {}]
const wrongForNumber = ['1', '', true, null, 1.5, -1, raw('010'), raw('0x10'), raw('1e2'), raw('1_0'), [], {}]
const huge = [raw('1e400'), raw('.inf'), raw('.nan'), raw('18446744073709551616'), 9007199254740992, 1e20]

export const policyName: Pool = {
  good: [...split('p1|web|allow-dns|x-1|0'), long(63), long(64)],
  near: [
    ...split(
      '|A|a_b|-a|a-|a b|é|a.b|default.a|knp.a|knp.default.a|knp.default.a.b|knp.default.|ossg.default',
    ),
    ...split('knp.default.A|ossg.default.a|ossg.default.a.b|ossg.default.|ossg.default.A|a\nb'),
    ...[long(245), long(246), long(253), long(254), `ossg.default.${long(241)}`, ...wrongForText],
  ],
}
export const name: Pool = {
  good: [...split('p1|a.b|node1|default|ip-10-0-0-1.ec2.internal'), long(63), `a.${long(200)}`],
  near: [...split('|A|a_b|-a|a-|a..b|.a|a.|é|a b|a/b'), long(253), long(254), ...wrongForText],
}
export const namespace: Pool = {
  good: [...split('default|shop|kube-system|a-1'), long(63)],
  near: [...split('|A|a.b|a_b|a/b|..|.|%2f|é|a b'), long(64), ...wrongForText],
}
export const labelKey: Pool = {
  good: split('a|b|app|k8s-app|role|env|a/b|projectcalico.org/name|example.com/a.b_c|A|0'),
  near: [...split('|a b|/a|a/|a/b/c|-a|a-|A/b|a_b/c|é|a\nb|projectcalico.org/namespace'), long(63), long(64)],
}
export const labelValue: Pool = {
  good: ['', ...split('a|b|web|1.2|a_b|A-1|true|0'), long(63)],
  near: [...split('a b|-a|a-|é|a/b|a\nb|.'), long(64), ...wrongForText],
}
export const port: Pool = {
  good: [
    1,
    53,
    80,
    443,
    65535,
    ...split('80|1:2|80:80|8000:9000|http|dns-tcp|a1|0a'),
    raw('80.0'),
    raw('080'),
  ],
  near: [
    ...[0, 65536, -1, 1.5, true, null, raw('1e400'), raw('0120'), raw('0x50'), raw('1e2'), raw('8_0')],
    ...split('|0|080|65536|2:1|0:5|1:65536|80:|:80|1:2:3|1-2|+80| 80|80 |http_1|HTTP|a--b|-a|a-|80.0|1e2|:'),
    ...[long(15), long(16), long(128), long(129), 'é', '１', '0x50', '-1', '99999999999', [], {}],
  ],
}
export const portProtocol: Pool = { good: [...split('TCP|UDP|SCTP|6|17|132'), 6, 17, 132], near: [] }
export const protocol: Pool = {
  good: [...split('TCP|UDP|SCTP|ICMP|ICMPv6|UDPLite|1|6|136'), 1, 6, 17, 58, 132, 255],
  near: [
    ...[0, 256, -1, 6.5, true, null, raw('6.0'), raw('06'), raw('0x6'), raw('1e2')],
    ...split('|tcp|Tcp|udp|icmp|icmpv6|ICMPV6|GRE|ALL|TCP |6.0|0|256|-1|+6|06'),
  ],
}
export const net4: Pool = {
  good: split('10.0.0.0/8|192.168.1.0/24|1.2.3.4/32|0.0.0.0/0|172.16.0.0/12|::ffff:10.0.0.0/104'),
  near: split(
    '10.0.0.1|10.0.0.1/8|10.0.0.0/33|10.0.0.0/-1|10.0.0/8|10.0.0.0/|10.0.0.0/08|010.0.0.0/8|256.0.0.0/8||a|/8' +
      '|10.0.0.0/8 | 10.0.0.0/8|10.0.0.0/255.0.0.0|1.2.3.4/32/32|0.0.0.0|10.0.0.0/+8|::ffff:10.0.0.1/104' +
      '|::ffff:0:0/96|0:0:0:0:0:ffff:a00:0/104|::10.0.0.0/104|::ffff:1.2.3.4|１0.0.0.0/8|0xa.0.0.0/8|10.0.0.0/8\n',
  ),
}
export const net6: Pool = {
  good: split('fd00::/8|2001:db8::/32|::1/128|::/0|fe80::/10|FD00::/8|fd00:0:0:0:0:0:0:0/8'),
  near: split(
    'fd00::1|2001:db8::1/32|::/129|::/-1|1:2:3:4:5:6:7:8:9/64|1:2:3:4:5:6:7:0/112|fe80::1%eth0/64|:::/8|fd00::/08' +
      '|fd00:/8|::1.2.3.4/128|64:ff9b::1.2.3.0/120|::ffff:0:0/95|12345::/16|fd00::/8 |[fd00::]/8|1::2::3/64|g::/8',
  ),
}
export const address: Pool = {
  good: split('10.0.0.1|1.2.3.4|fd00::1|::1'),
  near: split(
    '|10.0.0|10.0.0.0/8|256.1.1.1|a|01.2.3.4|::g|fe80::1%eth0|::ffff:1.2.3.4|1.2.3.4:80|[fd00::1]:179',
  ),
}
export const mac: Pool = {
  good: ['aa:bb:cc:dd:ee:ff'],
  near: split('|a|aa-bb-cc-dd-ee-ff|aabb.ccdd.eeff|aa:bb'),
}
export const duration: Pool = {
  good: split('5s|1m30s|0s|1h|100ms|1.5h'),
  near: [...split('|5|5S|1d|-5s|1 s|s|.5s|+1s'), 5, null],
}
export const asNumber: Pool = {
  good: [64512, 4294967295, ...split('64512|1.10|65535.65535')],
  near: [
    0,
    4294967296,
    -1,
    1.5,
    raw('1.10'),
    null,
    true,
    ...split('|a|1.65536|1.2.3|-1|65536.1|4294967296|01'),
  ],
}
export const boolean: Pool = {
  good: [true, false],
  near: ['true', 'yes', 1, 0, null, '', raw('yes'), raw('Off'), raw('y')],
}
export const integer: Pool = {
  good: [0, 1, 10, 100],
  near: [...wrongForNumber, ...huge, 255, 256, 65535, 65536, 4294967295, 2147483648, raw('5.0'), raw('-0')],
}
export const float: Pool = {
  good: [0, 10, 100.5, -1, 1000, raw('1e3'), raw('1e-3'), 1e308],
  near: [...wrongForNumber, ...huge, raw('1e-400'), raw('-.inf'), raw('+1'), raw('1.'), raw('.5')],
}
export const text: Pool = {
  good: split('a|b|web|x y|/a|a=b|1.2.3.4'),
  near: [
    ...split('|é|\t|a\nb|"|\u2028|\u{1f600}|~|null|yes|#a|: |-|- a|a: b|*a|&a|!a|%a|@a|`a|{|[|0x10'),
    ...wrongForText,
  ],
}
/** What no field wants, to put anywhere. */
export const anything: ReadonlyArray<unknown> = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    '',
    'x',
    [],
    {},
    [null],
    [[]],
    [1],
    ['a'],
    { a: 1 },
    { name: 'a' },
    '0',
    'null',
  ],
  ...[
    raw('yes'),
    raw('~'),
    raw('010'),
    raw('0o10'),
    raw('0b1'),
    raw('1_000'),
    raw('0x1F'),
    raw('1e3'),
    raw('.inf'),
  ],
  ...[
    raw('2024-01-01'),
    raw('12:30:45'),
    raw('!!str 1'),
    raw('!!binary aGk='),
    raw('NO'),
    raw('NULL'),
    raw('+1'),
  ],
]
