import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../duration.js'

const collect = (value: string, previous: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...previous,
  value,
]

const parsePort = (text: string): number => {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(port >= 1 && port <= 65535)) throw new InvalidArgumentError('A port is a number from 1 to 65535.')
  return port
}

export const portOption = (flags: string, what: string): Option =>
  new Option(flags, what).argParser(parsePort)

export const repeatable = (flags: string, what: string): Option =>
  new Option(flags, `${what}; repeatable`).argParser(collect)

/** Adds the options that say which world is asked. */
export const ofWorld = (command: Command): Command =>
  command
    .option('--world <file>', 'a snapshot of a cluster; inputs come on top of it, as if they were applied')
    .option(
      '--context <name>',
      'a context of the kubeconfig: asks the cluster as it is, with the inputs on top',
    )
    .option('--kubeconfig <file>', 'the kubeconfig for --context, or whose current context is asked')
    .addOption(
      new Option(
        '--timeout <time>',
        'time limit for reading a cluster, such as 90s or 2m (default: 2m)',
      ).argParser(parseDuration),
    )
    .option('--staged', 'take staged policies as if they were enforced')
