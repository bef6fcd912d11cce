import { Command, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { toStorage } from '../../fleet/to-storage.js'
import type { Resource } from '../../model/resource.js'
import { annotate } from '../../yaml/edit/annotate.js'
import { printJson } from '../../yaml/print/json.js'
import { type Printable, printYaml } from '../../yaml/print/print.js'
import { exitCodes } from '../exit-code.js'
import { badUsage, type CliFailure } from '../failure.js'
import { read } from '../input/read.js'
import { write } from '../output/write.js'
import { err } from '../terminal.js'
import { act } from './act.js'
import { calico, inputs, outFile, strict } from './option.js'

interface RenderOptions {
  readonly calico?: string
  readonly format: 'yaml' | 'json'
  readonly as: 'v3' | 'storage'
  readonly owner?: string
  readonly out?: string
  readonly strict?: true
}

/** The resources as they are to be printed. */
const inForm = (
  resources: ReadonlyArray<Resource>,
  { as, calico, owner }: RenderOptions,
): E.Either<CliFailure, ReadonlyArray<Printable>> => {
  if (as === 'v3') {
    const hint = 'add --as storage, or leave --owner out: the Runner marks what it applies by itself'
    return owner === undefined ? E.right(resources) : E.left(badUsage('--owner needs --as storage', hint))
  }
  if (calico === undefined) {
    const hint = 'name the release that the cluster runs: each stores resources in its own way'
    return E.left(badUsage('--as storage needs --calico', hint))
  }
  const stored = toStorage(resources, { calico, ...(owner === undefined ? {} : { owner }) })
  return stored as E.Either<CliFailure, ReadonlyArray<unknown>> as E.Either<
    CliFailure,
    ReadonlyArray<Resource>
  >
}

const render = act(async (unwrap, from: ReadonlyArray<string>, options: RenderOptions) => {
  const { resources, comments } = await unwrap(read(from, { ...options, keepComments: true }))
  const printed = await unwrap(inForm(resources, options))
  const { text, lost } =
    options.format === 'json'
      ? { text: printJson(printed), lost: comments.flat().length }
      : annotate(printYaml(printed), comments)
  const why = options.format === 'json' ? 'which JSON cannot have' : 'about fields that are not in the output'
  if (lost > 0) err(`not kept: ${lost} comment${lost === 1 ? '' : 's'}, ${why}`)
  await unwrap(write(text, options.out))
  return exitCodes.ok
})

export const renderCommand = (): Command =>
  new Command('render')
    .summary('print resources as the YAML that calicoctl reads')
    .description('Prints the resources in the inputs as the YAML that calicoctl reads, after checking them.')
    .addArgument(inputs())
    .addOption(calico())
    .addOption(new Option('--format <format>', 'what to print').choices(['yaml', 'json']).default('yaml'))
    .addOption(
      new Option(
        '--as <form>',
        'the form that calicoctl reads, or the one in which it stores resources, for tools that apply to Kubernetes directly',
      )
        .choices(['v3', 'storage'])
        .default('v3'),
    )
    .option('--owner <name>', 'mark what is stored as the Runner does, so that status and cleanup find it')
    .addOption(strict())
    .addOption(outFile())
    .action(render)
