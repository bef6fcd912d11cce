import { Argument, Command } from 'commander'
import { toYaml } from '../../yaml/print/print.js'
import { exitCodes } from '../exit-code.js'
import { fileName, findFiles, isModule, noInput } from '../input/find.js'
import { type Converted, convertText } from '../input/kubernetes.js'
import { allResources, withDuplicates } from '../input/loaded.js'
import { readText } from '../input/text.js'
import { write } from '../output/write.js'
import { err } from '../terminal.js'
import { act } from './act.js'
import { calico, outFile } from './option.js'

interface ConvertCommandOptions {
  readonly calico?: string
  readonly out?: string
}

const convert = act(async (must, from: ReadonlyArray<string>, options: ConvertCommandOptions) => {
  const files: Array<Converted> = []
  for (const { file } of await must(findFiles(from))) {
    if (isModule(file)) continue
    files.push(convertText(fileName(file), await must(await readText(file)), options))
  }
  for (const { file, others } of files) {
    if (others.length > 0) err(`skipped in ${file}: ${others.join(', ')}`)
  }
  const resources = await must(allResources(withDuplicates(files)))
  const hint = 'convert reads NetworkPolicies of networking.k8s.io/v1, on their own or in a List'
  if (resources.length === 0) return must(noInput(`no NetworkPolicy found in ${from.join(', ')}`, hint))
  await must(write(toYaml(...resources), options.out))
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
