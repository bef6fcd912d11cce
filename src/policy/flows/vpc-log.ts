import { addressValue } from '../../net/cidr.js'
import { protocolNamed } from '../../net/protocol-number.js'
import { flowOf, type ReadRecord, skipped, wrong } from './record.js'

/** The fields of version 2, in their order: those of a log that names none. */
const defaults =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  )

/** From here on, ports are given to clients: `net.ipv4.ip_local_port_range` of Linux. */
const firstEphemeral = 32_768

const [syn, ack] = [2, 16]

/** Whether the first line is that of a VPC flow log: a record of version 2, or the names of its fields. */
export const isVpcLine = (line: string): boolean =>
  /^2 (\d{12}|unknown) eni-\S+ /.test(line) || (/\bsrcaddr\b/.test(line) && /\bdstaddr\b/.test(line))

const isReply = (of: (name: string) => string | undefined): boolean => {
  const flags = Number(of('tcp-flags') ?? Number.NaN)
  if ((flags & syn) !== 0) return (flags & ack) !== 0
  const [source, destination] = [Number(of('srcport')), Number(of('dstport'))]
  return destination >= firstEphemeral && source > 0 && source < firstEphemeral
}

/**
 * A reader of the lines of a VPC flow log: of version 2, or with its own fields, as a first line names them. What it says of
 * ACCEPT and REJECT is of security groups, and no verdict of policies; what they rejected is skipped, and so is what goes
 * back to a client's port.
 *
 * **Source**: AWS, "Flow log records".
 */
export const vpcReader = (): ((line: string) => ReadRecord) => {
  let names: ReadonlyArray<string> = defaults
  return (line) => {
    const words = line.trim().split(/\s+/)
    if (words.includes('srcaddr')) {
      names = words
      return skipped('heads of columns')
    }
    const of = (name: string): string | undefined => {
      const word = words[names.indexOf(name)]
      return word === '-' ? undefined : word
    }
    if (words.length !== names.length)
      return wrong(
        `a record of ${words.length} fields, where ${names.length} are expected`,
        'for a format of your own, keep the first line, which names the fields',
      )
    if (of('log-status') === 'NODATA' || of('log-status') === 'SKIPDATA') return skipped('without data')
    const [from, to, protocol] = [of('srcaddr') ?? '', of('dstaddr') ?? '', Number(of('protocol'))]
    if (
      addressValue(from) === undefined ||
      addressValue(to) === undefined ||
      !(protocol >= 0 && protocol < 256)
    )
      return wrong('a record without addresses or a protocol', 'srcaddr, dstaddr and protocol are needed')
    if (of('action') === 'REJECT') return skipped('rejected by security groups')
    if (isReply(of)) return skipped('replies')
    const port = Number(of('dstport') ?? 0)
    return flowOf({
      from: { _tag: 'Address', ip: from },
      to: { _tag: 'Address', ip: to },
      protocol: protocolNamed(protocol),
      ...(port > 0 && port < 65536 ? { port } : {}),
      count: 1,
    })
  }
}
