import fc from 'fast-check'
import type { Shape } from '../oracle.js'
import { from, type Pool } from './pool.js'
import { anySelector, goodSelector } from './selector.js'
import * as values from './values.js'

const words = (good: string, near = '|x'): Pool => ({
  good: good.split('|'),
  near: [...near.split('|'), ...good.split('|').map((word) => word.toLowerCase()), 1, null],
})

const interfaces = words('eth0|cali+|docker0|*|eth.*', `${'x'.repeat(15)}|${'x'.repeat(16)}||a b|é|a/b`)
const any = (...pools: ReadonlyArray<Pool>): Pool => ({
  good: pools.flatMap(({ good }) => good),
  near: pools.flatMap(({ near }) => near),
})

/** What Calico's validator tags ask for. `oneof=` brings its own words. */
const byTag: Readonly<Record<string, Pool>> = {
  name: values.name,
  net: any(values.net4, values.net6),
  netv4: values.net4,
  netv6: values.net6,
  cidr: any(values.net4, values.net6, values.address),
  cidrs: any(values.net4, values.net6, values.address),
  cidrv4: any(values.net4, values.address),
  cidrv6: any(values.net6, values.address),
  ip: values.address,
  ipv4: values.address,
  ipv6: values.address,
  reachableBy: values.address,
  'IP:port': any(
    values.address,
    words('1.2.3.4:179|[fd00::1]:179', '1.2.3.4:0|1.2.3.4:65536|[fd00::1]|fd00::1:179'),
  ),
  mac: values.mac,
  portName: words('http|dns-tcp|a1', `|HTTP|a--b|-a|80|http_1|${'x'.repeat(16)}`),
  action: words('Allow|Deny|Log|Pass'),
  policyType: words('Ingress|Egress'),
  filterAction: words('Accept|Reject'),
  matchOperator: words('Equal|In|NotEqual|NotIn'),
  sourceAddress: words('UseNodeIP|None'),
  ipIpMode: words('Always|CrossSubnet|Never'),
  vxlanMode: words('Always|CrossSubnet|Never'),
  logLevel: words('Debug|Info|Warning|Error|Fatal'),
  bpfLogLevel: words('Debug|Info|Off'),
  bpfServiceMode: words('Tunnel|DSR'),
  dropAcceptReturn: words('Drop|Accept|Return'),
  acceptReturn: words('Accept|Return'),
  dropReject: words('Drop|Reject'),
  ipType: words('CalicoNodeIP|InternalIP|ExternalIP'),
  iptablesBackend: words('Auto|NFT|Legacy'),
  interface: interfaces,
  bgpFilterInterface: interfaces,
  ignoredInterface: interfaces,
  ifaceFilter: interfaces,
  regexp: words('^a.*$|b', '(|[|*|a{2,1}|(?=a)|(?P<n>a)|\\pL|\\1|a**|(?<n>a)|[[:alpha:]]|a{1001}'),
  keyValueList: words('a=b|a=b,c=d|', 'a|=b|a,b|a b=c|,'),
  prometheusHost: words('localhost|1.2.3.4|::1', `|a b|${'x'.repeat(65)}`),
  containerID: words('abc|0a', '|-a|a_b|a-'),
}

const byGoType: Readonly<Record<string, Pool>> = {
  bool: values.boolean,
  float64: values.float,
  'numorstring.Port': values.port,
  'numorstring.Protocol': values.protocol,
  'numorstring.ASNumber': values.asNumber,
  'v1.Duration': values.duration,
  'v1.Time': words('2024-01-01T00:00:00Z', '2024-01-01|a|'),
}

const text = from(values.text)
const integer = from(values.integer)
const selector = fc.oneof({ weight: 12, arbitrary: goodSelector }, { weight: 1, arbitrary: anySelector })

/** A value for a field that holds no more fields. */
export const leaf = ({ go, validate = '' }: Shape): fc.Arbitrary<unknown> => {
  const tags = validate.split(',')
  if (tags.includes('selector')) return selector
  const options = tags.find((tag) => tag.startsWith('oneof='))
  if (options !== undefined) return from(words(options.slice('oneof='.length).replaceAll(' ', '|')))
  for (const tag of tags) {
    const pool = byTag[tag]
    if (pool !== undefined) return from(pool)
  }
  const pool = byGoType[go]
  if (pool !== undefined) return from(pool)
  return /^u?int\d*$/.test(go) ? integer : text
}
