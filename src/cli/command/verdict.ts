import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { Protocol } from '../../model/policy/protocol.js'
import { insideOf, type PeerFlow } from '../../policy/compiled-world.js'
import type { Decision } from '../../policy/evaluate/reason.js'
import { familyOf, namedPeer } from '../../policy/query/named-peer.js'
import { printExplanation } from '../../policy/query/print-explanation.js'
import { hasPorts, hasTypes } from '../../policy/world/flow.js'
import { exitCodes } from '../exit-code.js'
import { badUsage, type CliFailure } from '../failure.js'
import { type WorldOptions, worldOf } from '../input/world.js'
import { ofWorld, portOption } from '../settings/world-group.js'
import { err, out } from '../terminal.js'
import { act } from './act.js'
import { parseBeforeDNAT, parseIcmp, parseProtocol, parseThrough } from './flow-option.js'
import { output } from './option.js'
import { calicoOfWorld, worldInputs } from './world-option.js'

interface VerdictOptions extends WorldOptions {
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly port?: number
  readonly sourcePort?: number
  readonly icmp?: { readonly type: number; readonly code: number }
  readonly interface?: string
  readonly beforeDnat?: PeerFlow['beforeDNAT']
  readonly through?: PeerFlow['through']
  readonly expect?: Decision
  readonly output: 'text' | 'json'
}

/** Options that say two things at once are a slip of the hand, and the answer would be to another question. */
const contradiction = ({ from, to, protocol, port, sourcePort, icmp }: VerdictOptions) => {
  if (icmp !== undefined && !hasTypes(protocol))
    return badUsage(
      `--icmp says what a packet of ICMP is, and this is ${protocol}`,
      'add --protocol ICMP or ICMPv6',
    )
  if ((port ?? sourcePort) !== undefined && !hasPorts(protocol))
    return badUsage(
      `${protocol} has no ports`,
      'leave --port and --source-port out, or name TCP, UDP or SCTP',
    )
  const [one, other] = [familyOf(from), familyOf(to)]
  if (one !== undefined && other !== undefined && one !== other)
    return badUsage(`no packet goes from ${from} to ${to}`, 'name two addresses of IPv4, or two of IPv6')
  return undefined
}

const verdict = act(async (unwrap, inputs: ReadonlyArray<string>, options: VerdictOptions) => {
  const wrong = contradiction(options)
  if (wrong !== undefined) return unwrap(E.left<CliFailure>(wrong))
  const world = await unwrap(worldOf(inputs, options))
  const { protocol, port, sourcePort, icmp, interface: iface, beforeDnat, through, expect } = options
  if (through !== undefined) await unwrap(namedPeer(insideOf(world), `node:${through.node}`))
  const flow: PeerFlow = {
    from: await unwrap(namedPeer(insideOf(world), options.from)),
    to: await unwrap(namedPeer(insideOf(world), options.to)),
    protocol,
    ...(port === undefined ? {} : { port }),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(icmp === undefined ? {} : { icmp }),
    ...(iface === undefined ? {} : { interface: iface }),
    ...(beforeDnat === undefined ? {} : { beforeDNAT: beforeDnat }),
    ...(through === undefined ? {} : { through }),
  }
  const explanation = world.explain(flow)
  out(
    options.output === 'json'
      ? JSON.stringify({ flow, ...explanation }, undefined, 2)
      : printExplanation(explanation),
  )
  if (expect === undefined || expect === explanation.decision) return exitCodes.ok
  err(`expected to be ${expect}, but it is ${explanation.decision}`)
  return exitCodes.changes
})

export const verdictCommand = (): Command =>
  ofWorld(
    new Command('verdict')
      .summary('say whether a flow gets through, and why')
      .description(
        'Says whether a flow gets through, and names every rule that was asked on its way. An end is a pod or workload as namespace/name, a node as node:NAME or node:NAME/INTERFACE, or an address.',
      )
      .addArgument(worldInputs())
      .requiredOption('--from <end>', 'where it comes from: shop/web, node:n1 or an address')
      .requiredOption('--to <end>', 'where it goes to: shop/api, node:n1/eth0 or an address')
      .addOption(
        new Option('--protocol <name>', 'the protocol, by name or number')
          .argParser(parseProtocol)
          .default('TCP'),
      )
      .addOption(portOption('--port <number>', "the destination's port"))
      .addOption(portOption('--source-port <number>', 'the port that it comes from'))
      .option('--interface <name>', 'the interface by which nodes meet the outside, where an end names none')
      .addOption(
        new Option(
          '--before-dnat <ip:port>',
          "where it was sent to before a node turned it to --to: a service, or a node's NodePort",
        ).argParser(parseBeforeDNAT),
      )
      .addOption(
        new Option(
          '--through <node>',
          'a node that passes it on and is neither end, as n1 or, with its interfaces, n1/eth0/eth1',
        ).argParser(parseThrough),
      )
      .addOption(
        new Option('--icmp <type>', 'type and code of a packet of ICMP, as TYPE/CODE').argParser(parseIcmp),
      )
      .addOption(
        new Option('--expect <decision>', 'exit with 2 if the answer is another one').choices([
          'allowed',
          'denied',
          'unknown',
        ]),
      ),
  )
    .addOption(calicoOfWorld())
    .addOption(output('text', 'json'))
    .action(verdict)
