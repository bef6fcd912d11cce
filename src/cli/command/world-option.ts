import { Argument, Option } from 'commander'
import { calico } from './option.js'

/** The inputs of a command that can do without. */
export const worldInputs = (): Argument =>
  new Argument(
    '[input...]',
    'files and folders with policies and workloads, or git revisions such as main:policies; - for stdin',
  )

export const calicoOfWorld = (): Option => {
  const option = calico()
  option.description = "the version of Calico to go by (default: the cluster's, or 3.28)"
  return option
}

/** The forms of connectivity and its changes. */
export const classOutput = (): Option =>
  new Option('--output <format>', 'format of the results')
    .choices(['text', 'json', 'csv', 'markdown', 'mermaid', 'dot'])
    .default('text')
