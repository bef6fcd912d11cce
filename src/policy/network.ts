import ipaddr from 'ipaddr.js'

type Parsed = ipaddr.IPv4 | ipaddr.IPv6

const parse = (ip: string): Parsed | undefined => (ipaddr.isValid(ip) ? ipaddr.process(ip) : undefined)

/** Whether the address is in the network: a CIDR, or an address for itself. Another family is never in it. */
export const isInNetwork = (ip: string, network: string): boolean => {
  const address = parse(ip)
  const [base = '', length] = network.split('/')
  const prefix = parse(base)
  if (address === undefined || prefix === undefined || address.kind() !== prefix.kind()) return false
  const bits = length === undefined ? (prefix.kind() === 'ipv4' ? 32 : 128) : Number(length)
  return address.match(prefix, bits)
}

export const familyOf = (ip: string): 4 | 6 | undefined => {
  const kind = parse(ip)?.kind()
  return kind === undefined ? undefined : kind === 'ipv4' ? 4 : 6
}
