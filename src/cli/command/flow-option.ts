import { isIPv4, isIPv6 } from 'node:net'
import { InvalidArgumentError } from 'commander'
import { type Protocol, protocolOf } from '../../model/policy/protocol.js'
import type { PeerFlow } from '../../policy/compiled-world.js'

type BeforeDNAT = NonNullable<PeerFlow['beforeDNAT']>
type Through = NonNullable<PeerFlow['through']>

export const parseProtocol = (text: string): Protocol => {
  const protocol = protocolOf(text)
  if (protocol === undefined)
    throw new InvalidArgumentError('It is TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite, or a number up to 255.')
  return protocol
}

export const parseIcmp = (text: string): { readonly type: number; readonly code: number } => {
  const [, type, code = '0'] = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (type === undefined || Number(type) > 255 || Number(code) > 255)
    throw new InvalidArgumentError('Write it as TYPE or TYPE/CODE, such as 8/0.')
  return { type: Number(type), code: Number(code) }
}

/** `192.0.2.1:30080`, `[fd00::1]:30080`. */
export const parseBeforeDNAT = (text: string): BeforeDNAT => {
  const [, of6, of4, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? []
  const ip = of6 ?? of4 ?? ''
  const isAddress = of6 === undefined ? isIPv4(ip) : isIPv6(ip) && !ip.includes('%')
  if (!isAddress || Number(port) < 1 || Number(port) > 65535)
    throw new InvalidArgumentError('Write it as IP:PORT, such as 192.0.2.1:30080 or [fd00::1]:30080.')
  return { ip, port: Number(port) }
}

/** `n1`, `n1/eth0`, `n1/eth0/eth1`. */
export const parseThrough = (text: string): Through => {
  const parts = text.replace(/^node:/, '').split('/')
  const [node = '', comes, goes] = parts
  if (parts.length > 3 || parts.includes(''))
    throw new InvalidArgumentError('Write it as NODE, NODE/IN or NODE/IN/OUT, such as n1/eth0/eth1.')
  return { node, ...(comes === undefined ? {} : { in: comes }), ...(goes === undefined ? {} : { out: goes }) }
}
