import { Command, Option } from 'commander'
import { toJson } from '../../yaml/print/json.js'
import { toYaml } from '../../yaml/print/print.js'
import { exitCodes } from '../exit-code.js'
import { read } from '../input/read.js'
import { write } from '../output/write.js'
import { act } from './act.js'
import { calico, inputs, outFile, strict } from './option.js'

interface RenderOptions {
  readonly calico?: string
  readonly format: 'yaml' | 'json'
  readonly out?: string
  readonly strict?: true
}

const render = act(async (must, from: ReadonlyArray<string>, options: RenderOptions) => {
  const { resources } = await must(read(from, { ...options, tellComments: true }))
  await must(write(options.format === 'json' ? toJson(...resources) : toYaml(...resources), options.out))
  return exitCodes.ok
})

export const renderCommand = (): Command =>
  new Command('render')
    .summary('print resources as the YAML that calicoctl reads')
    .description('Prints the resources in the inputs as the YAML that calicoctl reads, after checking them.')
    .addArgument(inputs())
    .addOption(calico())
    .addOption(new Option('--format <format>', 'what to print').choices(['yaml', 'json']).default('yaml'))
    .addOption(strict())
    .addOption(outFile())
    .action(render)
