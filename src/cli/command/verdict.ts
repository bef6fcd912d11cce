import { Command, InvalidArgumentError, Option } from 'commander'
import { type Protocol, protocolOf } from '../../model/protocol.js'
import { insideOf, type PeerFlow } from '../../policy/compiled-world.js'
import type { Decision } from '../../policy/evaluate/reason.js'
import { printExplanation } from '../../policy/query/explain.js'
import { namedPeer } from '../../policy/query/named-peer.js'
import { exitCodes } from '../exit-code.js'
import { type WorldOptions, worldOf } from '../input/world.js'
import { ofWorld, portOption } from '../settings/world-group.js'
import { err, out } from '../terminal.js'
import { act } from './act.js'
import { output } from './option.js'
import { calicoOfWorld, worldInputs } from './world-option.js'

interface VerdictOptions extends WorldOptions {
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  readonly port?: number
  readonly sourcePort?: number
  readonly icmp?: { readonly type: number; readonly code: number }
  readonly expect?: Decision
  readonly output: 'text' | 'json'
}

const verdict = act(async (unwrap, inputs: ReadonlyArray<string>, options: VerdictOptions) => {
  const world = await unwrap(worldOf(inputs, options))
  const { protocol, port, sourcePort, icmp, expect } = options
  const flow: PeerFlow = {
    from: await unwrap(namedPeer(insideOf(world), options.from)),
    to: await unwrap(namedPeer(insideOf(world), options.to)),
    protocol,
    ...(port === undefined ? {} : { port }),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(icmp === undefined ? {} : { icmp }),
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

const parseProtocol = (text: string): Protocol => {
  const protocol = protocolOf(text)
  if (protocol === undefined)
    throw new InvalidArgumentError('It is TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite, or a number up to 255.')
  return protocol
}

const parseIcmp = (text: string): { readonly type: number; readonly code: number } => {
  const [, type, code = '0'] = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (type === undefined || Number(type) > 255 || Number(code) > 255)
    throw new InvalidArgumentError('Write it as TYPE or TYPE/CODE, such as 8/0.')
  return { type: Number(type), code: Number(code) }
}

export const verdictCommand = (): Command =>
  ofWorld(
    new Command('verdict')
      .summary('say whether a flow gets through, and why')
      .description(
        'Says whether a flow gets through, with every rule that was asked on its way. Ends are pods as namespace/name, workloads as they are written, and addresses.',
      )
      .addArgument(worldInputs())
      .requiredOption('--from <end>', 'where it comes from, as shop/web or an address')
      .requiredOption('--to <end>', 'where it goes to, as shop/api or an address')
      .addOption(new Option('--protocol <name>', 'by name or number').argParser(parseProtocol).default('TCP'))
      .addOption(portOption('--port <number>', "the destination's port"))
      .addOption(portOption('--source-port <number>', 'the port that it comes from'))
      .addOption(new Option('--icmp <type>', 'of ICMP, as TYPE/CODE').argParser(parseIcmp))
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
