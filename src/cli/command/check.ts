import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { explain } from '../../error.js'
import { exitCodes } from '../exit-code.js'
import { allResources, type Loaded } from '../input/loaded.js'
import { loadAndTell } from '../input/read.js'
import { checkJson, countResources } from '../output/check-report.js'
import { sarif } from '../output/sarif.js'
import { out } from '../terminal.js'
import { act } from './act.js'
import { calico, inputs, output, strict } from './option.js'

interface CheckCommandOptions {
  readonly calico?: string
  readonly strict?: true
  readonly output: keyof typeof formats
}

const text = (files: ReadonlyArray<Loaded>): string => {
  const checked = allResources(files)
  return E.isLeft(checked) ? explain(checked.left) : `${countResources(files)}: no issues`
}

const formats = { text, json: checkJson, sarif } as const

const check = act(async (unwrap, from: ReadonlyArray<string>, options: CheckCommandOptions) => {
  const loaded = await unwrap(loadAndTell(from, options))
  out(formats[options.output](loaded.files))
  return loaded.files.every(({ issues }) => issues.length === 0) ? exitCodes.ok : exitCodes.failure
})

export const checkCommand = (): Command =>
  new Command('check')
    .summary('list what Calico would refuse')
    .description(
      'Lists everything in the inputs that Calico would refuse, with line, column and what to do about it. Needs no cluster.',
    )
    .addArgument(inputs())
    .addOption(calico())
    .addOption(strict())
    .addOption(output('text', 'json', 'sarif'))
    .action(check)
