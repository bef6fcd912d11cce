import { orThrow } from '../../src/error.js'
import { compile, type Decision, type Packet, type Verdict } from '../../src/policy/index.js'
import type { Flow } from './flow-case.js'
import type { Case } from './generate/world/case.js'
import { manifestsOf } from './manifests.js'

/** What we say of each flow of a case. */
export const ourVerdicts = (asked: Case): ReadonlyArray<Decision> =>
  allOurs(asked).map(({ decision }) => decision)

/** The same with the way there. */
export const allOurs = ({ world, flows }: Case): ReadonlyArray<Verdict> => {
  const compiled = orThrow(compile(manifestsOf(world), { calico: '3.28' }))
  return flows.map((flow) => {
    const [from, to, , , , ipVersion = 4, iface = 'eth0', through] = flow
    const way = through === undefined ? {} : { through: throughOf(through) }
    return compiled.verdict({ ...packetOf(flow), from, to, ipVersion, interface: iface, ...way })
  })
}

const throughOf = (text: string): { readonly node: string; readonly in: string; readonly out: string } => {
  const [node = '', comes = '', goes = ''] = text.split('/')
  return { node, in: comes, out: goes }
}

const packetOf = ([, , protocol, port, sourcePort]: Flow): Packet => {
  const named = protocol as Packet['protocol']
  if (protocol === 'ICMP' || protocol === 'ICMPv6')
    return { protocol: named, icmp: { type: port ?? 0, code: sourcePort ?? 0 } }
  return port === null || port === undefined
    ? { protocol: named }
    : { protocol: named, port, sourcePort: sourcePort ?? 40000 }
}
