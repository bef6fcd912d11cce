import type { KubernetesPort } from '../model/kubernetes-network-policy.js'
import { type Port, parsePort } from '../model/port.js'
import { protocolOf } from '../model/protocol.js'

interface Range {
  readonly min: number
  readonly max: number
}

/** The port as Calico reads it: its text, and that of the end of its range behind a colon. */
export const portText = ({ port, endPort }: KubernetesPort): string | undefined => {
  if (port === undefined) return undefined
  return endPort === undefined ? String(port) : `${port}:${endPort}`
}

const toRange = (port: Port): Range | undefined => {
  if (typeof port === 'number') return { min: port, max: port }
  const [, min, max] = /^(\d+):(\d+)$/.exec(port) ?? []
  return min === undefined ? undefined : { min: Number(min), max: Number(max) }
}

const fromRange = ({ min, max }: Range): Port => (min === max ? min : `${min}:${max}`)

/** The fewest ranges that hold the same ports. */
const joined = (ranges: ReadonlyArray<Range>): ReadonlyArray<Range> => {
  const out: Array<Range> = []
  for (const next of [...ranges].sort((a, b) => a.min - b.min)) {
    const last = out.at(-1)
    if (last === undefined || next.min > last.max + 1) out.push(next)
    else out[out.length - 1] = { min: last.min, max: Math.max(last.max, next.max) }
  }
  return out
}

const isOnePort = (ranges: ReadonlyArray<Range>): boolean =>
  ranges.length < 2 && ranges.every(({ min, max }) => min === max)

/** The names as they come, then the fewest ranges that hold all numbers. One number at most: all as it comes. */
export const simplifyPorts = (ports: ReadonlyArray<Port>): ReadonlyArray<Port> => {
  const ranges = ports.map(toRange)
  const numbers = ranges.filter((range) => range !== undefined)
  if (ports.length < 2 || isOnePort(numbers)) return ports
  return [...ports.filter((_, index) => ranges[index] === undefined), ...joined(numbers).map(fromRange)]
}

/** The protocol as Calico writes it; TCP where none is given. */
const nameOf = ({ protocol = 'TCP' }: KubernetesPort): string => String(protocolOf(protocol) ?? protocol)

/** The ports of each protocol, by its name; none are all of them. Without any port, the one protocol is no protocol. */
export const portsByProtocol = (
  ports: ReadonlyArray<KubernetesPort>,
): ReadonlyArray<readonly [protocol: string, ports: ReadonlyArray<Port>]> => {
  if (ports.length === 0) return [['', []]]
  const found = new Map<string, Array<Port>>()
  for (const given of ports) {
    const protocol = nameOf(given)
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
