import type { KubernetesPort } from '../model/kubernetes/kubernetes-network-policy.js'
import { type Port, parsePort } from '../model/policy/port.js'
import { protocolOf } from '../model/policy/protocol.js'
import { type Interval, join } from '../net/interval.js'
import { isNumberRange, parseRange, printRange } from '../net/port-range.js'

/** The port as Calico reads it: its text, and that of the end of its range behind a colon. */
export const portText = ({ port, endPort }: KubernetesPort): string | undefined => {
  if (port === undefined) return undefined
  return endPort === undefined ? String(port) : `${port}:${endPort}`
}

const isOneNumber = ({ from, until }: Interval): boolean => until - from === 1

/** The names as they come, then the fewest ranges that hold all numbers. One number at most: all as it comes. */
export const simplifyPorts = (ports: ReadonlyArray<Port>): ReadonlyArray<Port> => {
  const numbers = ports.filter(isNumberRange).map(parseRange)
  if (ports.length < 2 || numbers.length === 0) return ports
  if (numbers.length === 1 && numbers.every(isOneNumber)) return ports
  return [...ports.filter((port) => !isNumberRange(port)), ...join(numbers).map(printRange)]
}

/** The protocol as Calico writes it; TCP where none is given. */
const protocolNameOf = ({ protocol = 'TCP' }: KubernetesPort): string =>
  String(protocolOf(protocol) ?? protocol)

/** The ports of each protocol, by its name; none are all of them. Without any port, the one protocol is no protocol. */
export const portsByProtocol = (
  ports: ReadonlyArray<KubernetesPort>,
): ReadonlyArray<readonly [protocol: string, ports: ReadonlyArray<Port>]> => {
  if (ports.length === 0) return [['', []]]
  const found = new Map<string, Array<Port>>()
  for (const given of ports) {
    const protocol = protocolNameOf(given)
    const text = portText(given)
    const port = text === undefined ? undefined : parsePort(text)
    const before = found.get(protocol)
    // Once all of a protocol's ports are allowed, no port of its own says more.
    if (port === undefined) found.set(protocol, [])
    else if (before === undefined) found.set(protocol, [port])
    else if (before.length > 0) before.push(port)
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}
