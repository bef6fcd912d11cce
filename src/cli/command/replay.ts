import { Argument, Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { printReplay, type Replay, replay } from '../../policy/flows/replay.js'
import { badUsage } from '../failure.js'
import { readFlowLog } from '../input/flow-log.js'
import { isBase, sidesOf, type WorldOptions, worldOf } from '../input/world.js'
import { write } from '../output/write.js'
import { ofWorld } from '../settings/world-group.js'
import { err } from '../terminal.js'
import { act } from './act.js'
import { failOn, type Gate, passes } from './gate.js'
import { outFile, output } from './option.js'
import { calicoOfWorld } from './world-option.js'

interface ReplayOptions extends WorldOptions {
  readonly failOn?: ReadonlyArray<Gate>
  readonly output: 'text' | 'json'
  readonly out?: string
}

/** Tells what of a log was left out. */
export const tellSkipped = (skipped: Readonly<Record<string, number>>): void => {
  for (const [why, count] of Object.entries(skipped)) err(`left out of the log: ${count} ${why}`)
}

const print = (replayed: Replay, format: ReplayOptions['output']): string =>
  format === 'json' ? JSON.stringify(replayed, undefined, 2) : printReplay(replayed)

const tooMany = badUsage('replay takes what there was, and what is to be', 'name two inputs at most')

const run = act(async (unwrap, file: string, inputs: ReadonlyArray<string>, options: ReplayOptions) => {
  if (inputs.length > 2) return unwrap(E.left(tooMany))
  const { flows, skipped } = await unwrap(readFlowLog(file))
  tellSkipped(skipped)
  const isOne = inputs.length + (isBase(options) ? 1 : 0) === 1
  const { before, after } = isOne
    ? await unwrap(worldOf(inputs, options)).then((world) => ({ before: world, after: world }))
    : await unwrap(sidesOf(inputs, options))
  const replayed = replay(flows, before, after)
  await unwrap(write(print(replayed, options.output), options.out))
  return passes(replayed.changes, options.failOn ?? [])
})

export const replayCommand = (): Command =>
  ofWorld(
    new Command('replay')
      .summary('say what becomes of the flows of a log')
      .description(
        'Says which flows of a log would fare differently after a change of policies, with counts. Flows that were recorded differently from what the policies say come first. Reads flow logs of Goldmane and Whisker (Calico 3.30 and later), Hubble (jsonpb) and AWS VPC (version 2).',
      )
      .addArgument(new Argument('<flows>', 'a flow log; - for stdin'))
      .addArgument(
        new Argument(
          '[input...]',
          'what there was, and what is to be: files, folders, or git revisions such as main:policies',
        ),
      )
      .addOption(failOn(['opens', 'closes', 'any'], 'a flow opens, closes, or changes at all')),
  )
    .addOption(calicoOfWorld())
    .addOption(output('text', 'json'))
    .addOption(outFile())
    .action(run)
