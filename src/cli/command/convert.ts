import { Argument, Command } from 'commander'
import { toYaml } from '../../yaml/print/print.js'
import { exitCodes } from '../exit-code.js'
import { convertForeign } from '../input/convert-policy.js'
import { read } from '../input/read.js'
import { write } from '../output/write.js'
import { act } from './act.js'
import { calico, outFile } from './option.js'

interface ConvertCommandOptions {
  readonly calico?: string
  readonly out?: string
}

const hint = 'convert reads NetworkPolicies of networking.k8s.io/v1, on their own or in a List'

/** Calico's own resources are skipped as all else is that Kubernetes' policies may stand among. */
const convert = act(async (unwrap, from: ReadonlyArray<string>, options: ConvertCommandOptions) => {
  const { resources } = await unwrap(
    read(from, { ...options, foreign: convertForeign(options), only: 'foreign' }, hint),
  )
  await unwrap(write(toYaml(...resources), options.out))
  return exitCodes.ok
})

export const convertCommand = (): Command =>
  new Command('convert')
    .summary("convert Kubernetes' NetworkPolicies to Calico's")
    .description(
      "Prints Kubernetes' NetworkPolicies as the policies that Calico makes of them. Other objects are skipped.",
    )
    .addArgument(new Argument('<input...>', 'files or folders of YAML or JSON; - for stdin'))
    .addOption(calico())
    .addOption(outFile())
    .action(convert)
