import { Command, Option } from 'commander'
import type { Protocol } from '../../model/protocol.js'
import { insideOf, type PeerFlow } from '../../policy/compiled-world.js'
import type { Decision } from '../../policy/evaluate/reason.js'
import { printExplanation } from '../../policy/query/explain.js'
import { namedPeer } from '../../policy/query/named-peer.js'
import { exitCodes } from '../exit-code.js'
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

const verdict = act(async (unwrap, inputs: ReadonlyArray<string>, options: VerdictOptions) => {
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
        'Says whether a flow gets through, with every rule that was asked on its way. Ends are pods as namespace/name, workloads as they are written, nodes as node:NAME or node:NAME/INTERFACE, and addresses.',
      )
      .addArgument(worldInputs())
      .requiredOption('--from <end>', 'where it comes from, as shop/web, node:n1 or an address')
      .requiredOption('--to <end>', 'where it goes to, as shop/api, node:n1/eth0 or an address')
      .addOption(new Option('--protocol <name>', 'by name or number').argParser(parseProtocol).default('TCP'))
      .addOption(portOption('--port <number>', "the destination's port"))
      .addOption(portOption('--source-port <number>', 'the port that it comes from'))
      .addOption(new Option('--icmp <type>', 'of ICMP, as TYPE/CODE').argParser(parseIcmp))
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
        new Option('--expect <decision>', 'exit with 2 where it is not this').choices([
          'allowed',
          'denied',
          'unknown',
        ]),
      ),
  )
    .addOption(calicoOfWorld())
    .addOption(output('text', 'json'))
    .action(verdict)
