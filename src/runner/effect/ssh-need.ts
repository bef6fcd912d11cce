import { isPlain } from '../../model/codec/json.js'
import type { Resource } from '../../model/resource.js'
import { networkInterval, printAddressValue } from '../../net/cidr.js'
import type { ClusterFacts } from './cluster-facts.js'
import type { Need } from './need.js'

const ssh = 22

/** Somebody outside, of the documentation's own network. */
const somebody = '203.0.113.1'

/** An address in a network. */
const addressIn = (net: unknown): string => {
  const interval = typeof net === 'string' ? networkInterval(net) : undefined
  if (interval === undefined || interval.from === networkInterval('0.0.0.0/0')?.from) return somebody
  const { from, until } = interval
  return printAddressValue(until - from > 1n ? from + 1n : from)
}

/** Whether one of the resources says which ports stay open whatever policy says. */
const isAboutFailsafes = (resource: Resource): boolean =>
  resource.kind === 'FelixConfiguration' && resource.spec.failsafeInboundHostPorts !== undefined

/**
 * Where failsafe ports are changed: that people who got to a node by SSH still do, from wherever they were let in.
 */
export const sshNeeds = (
  { nodes, specsOf }: ClusterFacts,
  written: ReadonlyArray<Resource>,
): ReadonlyArray<Need> => {
  if (!written.some(isAboutFailsafes)) return []
  const listed = specsOf('FelixConfiguration').flatMap(({ failsafeInboundHostPorts: ports }) =>
    Array.isArray(ports) ? ports.filter(isPlain).filter(({ port }) => port === ssh) : [],
  )
  const people = [...new Set([somebody, ...listed.map(({ net }) => addressIn(net))])]
  return nodes.flatMap((node) =>
    people.map((from) => ({
      what: `node ${node} off from SSH: its failsafe port was taken away`,
      flows: [{ from, to: `node:${node}`, protocol: 'TCP' as const, port: ssh }],
    })),
  )
}
