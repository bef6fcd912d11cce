import { printAddressValue } from '../../net/cidr.js'
import { covers, type Interval } from '../../net/interval.js'
import { protocolNamed } from '../../net/protocol-number.js'
import { axesOf } from '../connectivity/traffic.js'
import type { Endpoint, Flow, NamedPort, Packet, Workload } from '../world/flow.js'
import type { FlowState, OpenEnd, Side } from './flow-state.js'
import { type LabelDomain, meet, onlyValue, pickLabel } from './label-domain.js'
import { accountKey, labelOf, namespaceKey } from './pod-labels.js'

type Spans<N extends number | bigint = number> = ReadonlyArray<Interval<N>>

const usual = [0x0a000001n, 0xc0000207n, 0xcb007101n, 0x0a010001n, (1n << 128n) + (0x20010db8n << 96n) + 1n]

/** An address among some, one that people know for an example where that is possible, and that nothing is at. */
const pickAddress = (spans: Spans<bigint>, isTaken: (address: bigint) => boolean): bigint | undefined => {
  for (const address of usual) if (covers(spans, address) && !isTaken(address)) return address
  for (const { from, until } of spans)
    for (let address = from; address < until && address < from + 1_000n; address++)
      if (!isTaken(address)) return address
  return undefined
}

const protocols = [6, 17, 132, 1, 58, 136]
const ports = [443, 80, 8080, 53]

const pickNumber = (spans: Spans, usually: ReadonlyArray<number>): number | undefined =>
  usually.find((value) => covers(spans, value)) ?? spans[0]?.from

const numberOf = (protocol: ReturnType<typeof protocolNamed>, spans: Spans): number =>
  spans[0]?.from ?? Number(protocol)

const packetOf = (state: FlowState): Packet | undefined => {
  const number = pickNumber(state.protocol, protocols)
  if (number === undefined) return undefined
  const protocol = protocolNamed(number)
  const [first] = axesOf(number).fields
  if (axesOf(number).packet(0, 0).icmp !== undefined)
    return { protocol, icmp: { type: numberOf(protocol, state.type), code: numberOf(protocol, state.code) } }
  const hasPorts = first === 'ports' && axesOf(number).packet(1, 1).port !== undefined
  if (!hasPorts) return { protocol }
  return {
    protocol,
    port: pickNumber(state.port, ports) ?? 1,
    sourcePort: pickNumber(state.sourcePort, [40_000]) ?? 1,
  }
}

/** Namespaces that may be taken for an end, an example to begin with. */
const namespacesOf = (end: OpenEnd): ReadonlyArray<string> => {
  const domain = labelOf(end, namespaceKey)
  if (domain.values !== undefined) return domain.values
  return ['shop', 'other', 'another']
    .flatMap((usually) => {
      const one = meet(domain, onlyValue(usually))
      return one?.values?.[0] ?? []
    })
    .concat(pickLabel(domain)?.value ?? [])
}

type Domains = ReadonlyMap<string, LabelDomain>

const under = (prefix: string, { labels }: OpenEnd): Domains =>
  new Map([...labels].filter(([key]) => key.startsWith(prefix)))

/** What both say of the same labels; `undefined` where they say otherwise. */
const together = (one: Domains, other: Domains): Domains | undefined => {
  const all = new Map(one)
  for (const [key, domain] of other) {
    const there = all.get(key)
    const both = there === undefined ? domain : meet(there, domain)
    if (both === undefined) return undefined
    all.set(key, both)
  }
  return all
}

/** A value for each label that has to be there; `undefined` where none was found. */
const valuesOf = (domains: Domains, prefix: string): Record<string, string> | undefined => {
  const labels: Record<string, string> = {}
  for (const [key, domain] of domains) {
    const picked = pickLabel(domain)
    if (picked === undefined) return undefined
    if (picked.value !== undefined) labels[key.slice(prefix.length)] = picked.value
  }
  return labels
}

/** What is chosen for both ends before the rest of them. */
interface Choice {
  readonly namespace: string
  readonly ofNamespace: Domains
  readonly ofAccount: Domains
}

const namedPorts = ({ ports: known }: OpenEnd, port: number | undefined): ReadonlyArray<NamedPort> =>
  [...known].flatMap(([key, isThere]): ReadonlyArray<NamedPort> => {
    const [number, ...name] = key.split(' ')
    const protocol = protocolNamed(Number(number))
    const isNamed = isThere && port !== undefined
    return isNamed && (protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP')
      ? [{ name: name.join(' '), port, protocol }]
      : []
  })

const isFixed = (key: string): boolean =>
  key === namespaceKey || key === accountKey || key === 'projectcalico.org/orchestrator'

const podOf = (
  end: OpenEnd,
  { namespace, ofNamespace, ofAccount }: Choice,
  ip: string,
  port: number | undefined,
): Workload | undefined => {
  const own = new Map([...end.labels].filter(([key]) => !/^pc(?:ns|sa)\./.test(key) && !isFixed(key)))
  const account = pickLabel(
    end.hasAccount === true ? { ...labelOf(end, accountKey), mayBeAbsent: false } : labelOf(end, accountKey),
  )
  const [labels, namespaceLabels, accountLabels] = [
    valuesOf(own, ''),
    valuesOf(ofNamespace, 'pcns.'),
    valuesOf(ofAccount, 'pcsa.'),
  ]
  if (!labels || !namespaceLabels || !accountLabels || account === undefined) return undefined
  // A pod whose account is gone has its name alone: as a label, which is the same to Felix.
  const isGone = end.hasAccount === false && account.value !== undefined
  return {
    _tag: 'Workload',
    namespace,
    labels: isGone ? { ...labels, [accountKey]: account.value } : labels,
    namespaceLabels,
    serviceAccount: isGone ? '' : (account.value ?? ''),
    serviceAccountLabels: accountLabels,
    ip,
    namedPorts: namedPorts(end, port),
  }
}

const accountOf = (end: OpenEnd): string | undefined => {
  const { values } = labelOf(end, accountKey)
  return values?.length === 1 ? values[0] : undefined
}

/** Namespaces and labels for both ends that go together: in one namespace, pods have the same labels of it. */
const choicesFor = ({ from, to }: FlowState): { readonly from: Choice; readonly to: Choice } | undefined => {
  for (const a of namespacesOf(from)) {
    for (const b of namespacesOf(to)) {
      const [x, y] = [under('pcns.', from), under('pcns.', to)]
      const [p, q] = [under('pcsa.', from), under('pcsa.', to)]
      const isShared = a === b && from.given === undefined && to.given === undefined
      const shared = isShared ? together(x, y) : undefined
      if (isShared && shared === undefined) continue
      const isOneAccount = isShared && accountOf(from) !== undefined && accountOf(from) === accountOf(to)
      const account = isOneAccount ? together(p, q) : undefined
      if (isOneAccount && (account === undefined || from.hasAccount !== to.hasAccount)) continue
      return {
        from: { namespace: a, ofNamespace: shared ?? x, ofAccount: account ?? p },
        to: { namespace: b, ofNamespace: shared ?? y, ofAccount: account ?? q },
      }
    }
  }
  return undefined
}

/** Whether all namespaces that the ends may be in were tried. */
const areCounted = ({ from, to }: FlowState): boolean =>
  labelOf(from, namespaceKey).values !== undefined && labelOf(to, namespaceKey).values !== undefined

/** Whether something is at an address, so that it cannot stand for one that is no endpoint's. */
export type IsTaken = (address: bigint) => boolean

/** A flow of a state, described in full; `'impossible'` where no two ends go together so. */
export const witnessOf = (state: FlowState, isTaken: IsTaken): Flow | 'impossible' | undefined => {
  const choices = choicesFor(state)
  const packet = packetOf(state)
  if (choices === undefined) return areCounted(state) ? 'impossible' : undefined
  if (packet === undefined) return undefined
  const used = new Set<bigint>()
  const endOf = (side: Side): Endpoint | undefined => {
    const end = state[side]
    if (end.given !== undefined) return end.given.endpoint
    const address = pickAddress(end.addresses, (it) => used.has(it) || (!end.isPod && isTaken(it)))
    if (address === undefined) return undefined
    used.add(address)
    const ip = printAddressValue(address)
    const port = side === 'to' ? packet.port : packet.sourcePort
    return end.isPod ? podOf(end, choices[side], ip, port) : { _tag: 'Address', ip }
  }
  const [from, to] = [endOf('from'), endOf('to')]
  if (from === undefined || to === undefined) return undefined
  return { from, to, ...packet, ...(state.family === undefined ? {} : { ipVersion: state.family }) }
}
