import { Argument, Command, Option } from 'commander'
import { orThrow } from '../../error.js'
import { compile } from '../../policy/compile.js'
import { printQuestion, type Suggestion, suggest } from '../../policy/flows/suggest.js'
import { toYaml } from '../../yaml/print/print.js'
import { exitCodes } from '../exit-code.js'
import { readFlowLog } from '../input/flow-log.js'
import { isBase, type WorldOptions, worldOf } from '../input/world.js'
import { write } from '../output/write.js'
import { ofWorld, repeatable } from '../settings/world-group.js'
import { err } from '../terminal.js'
import { toModule } from '../typescript/written-module.js'
import { act } from './act.js'
import { outFile } from './option.js'
import { tellSkipped } from './replay.js'
import { worldInputs } from './world-option.js'

interface SuggestCommandOptions extends WorldOptions {
  readonly enforced?: true
  readonly namespace?: ReadonlyArray<string>
  readonly output: 'yaml' | 'ts' | 'json'
  readonly out?: string
}

const printers: Readonly<Record<SuggestCommandOptions['output'], (suggestion: Suggestion) => string>> = {
  yaml: ({ policies }) => toYaml(...policies),
  ts: ({ policies }) => toModule(policies, 'exact'),
  json: (suggestion) => JSON.stringify(suggestion, undefined, 2),
}

const run = act(
  async (unwrap, file: string, inputs: ReadonlyArray<string>, options: SuggestCommandOptions) => {
    const { flows, skipped } = await unwrap(readFlowLog(file))
    tellSkipped(skipped)
    // The log itself has names and labels.
    const isAlone = inputs.length === 0 && !isBase(options)
    const world = isAlone ? orThrow(compile({})) : await unwrap(worldOf(inputs, options))
    const { enforced, namespace } = options
    const suggestion = suggest(flows, world, {
      staged: enforced !== true,
      ...(namespace === undefined ? {} : { namespaces: namespace }),
    })
    for (const question of suggestion.questions) err(`open question: ${printQuestion(question)}`)
    if (suggestion.policies.length === 0) err(`nothing to suggest: ${nothingSeen(namespace)}`)
    await unwrap(write(printers[options.output](suggestion), options.out))
    return exitCodes.ok
  },
)

const nothingSeen = (namespaces: ReadonlyArray<string> | undefined): string =>
  namespaces === undefined
    ? 'the log has no flow of a pod that is there, and that was let through'
    : `the log has no flow of a pod in ${namespaces.join(' or ')} that was let through`

export const suggestCommand = (): Command =>
  ofWorld(
    new Command('suggest')
      .summary('write policies for the flows of a log')
      .description(
        'Writes the smallest readable policies that let through what a flow log saw, DNS included; staged, so that nothing is denied yet. With a world, pods are named by the labels that they have there.',
      )
      .addArgument(new Argument('<flows>', 'a flow log, as replay reads it; - for stdin'))
      .addArgument(worldInputs())
      .option('--enforced', 'write policies that are in force at once')
      .addOption(
        repeatable(
          '-n, --namespace <name>',
          'only for workloads of this namespace (default: all but those of the system)',
        ),
      ),
  )
    .addOption(
      new Option('--output <format>', 'format of the results')
        .choices(['yaml', 'ts', 'json'])
        .default('yaml'),
    )
    .addOption(outFile())
    .action(run)
