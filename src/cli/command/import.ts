import { Command, Option } from 'commander'
import { exitCodes } from '../exit-code.js'
import { read } from '../input/read.js'
import { write } from '../output/write.js'
import type { SelectorStyle } from '../typescript/selector.js'
import { toModule } from '../typescript/written-module.js'
import { act } from './act.js'
import { calico, inputs, outFile, strict } from './option.js'

interface ImportOptions {
  readonly calico?: string
  readonly selectors: SelectorStyle
  readonly out?: string
  readonly strict?: true
}

/** Checked as for `apply`, which takes what was read from a cluster. */
const importResources = act(async (unwrap, from: ReadonlyArray<string>, options: ImportOptions) => {
  const { resources, comments } = await unwrap(
    read(from, { ...options, command: 'apply', keepComments: true }),
  )
  await unwrap(write(toModule(resources, options.selectors, comments), options.out))
  return exitCodes.ok
})

export const importCommand = (): Command =>
  new Command('import')
    .summary('write resources as TypeScript')
    .description(
      'Writes the resources in the inputs as TypeScript that builds them and renders to the same YAML.',
    )
    .addArgument(inputs())
    .addOption(
      new Option(
        '--selectors <style>',
        'write a selector as calls only where its text stays identical, or wherever possible',
      )
        .choices(['exact', 'calls'])
        .default('exact'),
    )
    .addOption(calico())
    .addOption(strict())
    .addOption(outFile())
    .action(importResources)
