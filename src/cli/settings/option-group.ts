import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseDuration } from '../duration.js'

/** The options of every command that speaks to a cluster, as Commander gives them. How resources are written decides what runs leave. */
export interface ClusterOptions {
  readonly kubeconfig?: string
  readonly context?: string
  readonly namespace?: string
  readonly owner?: string
  readonly timeout?: number
  readonly settings?: string
  readonly output: 'text' | 'json'
  readonly transport?: 'pod' | 'api' | 'local'
  readonly calicoctl?: string
  readonly serviceAccount?: string
}

/** The options of those that run a pod to write. */
export interface PodOptions {
  readonly image?: string
  readonly pullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  readonly pullSecret?: ReadonlyArray<string>
  readonly hostNetwork?: true
  readonly lockout?: 'refuse' | 'exempt' | 'ignore'
  readonly ttl?: number
}

/** Adds the options that say which cluster, whose resources, and how they are written. */
export const onCluster = (command: Command): Command =>
  command
    .option(
      '--kubeconfig <file>',
      "the kubeconfig (default: the one kubectl uses, or the pod's service account)",
    )
    .option('--context <name>', 'a context of the kubeconfig other than its current one')
    .option('-n, --namespace <name>', "where the run's own objects live (default: the context's namespace)")
    .addOption(new Option('--owner <name>', 'the owner of what is applied').env('TYPED_CALICO_OWNER'))
    .addOption(
      new Option(
        '--timeout <time>',
        'time limit for the whole command, such as 90s or 2m (default: 2m)',
      ).argParser(parseDuration),
    )
    .option('--settings <file>', 'settings of the Runner in YAML or JSON; options override them')
    .addOption(
      new Option('--output <format>', 'format of the results').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option(
        '--transport <how>',
        'write resources with calicoctl in a pod, through the API, or with calicoctl on this machine (default: pod)',
      ).choices(['pod', 'api', 'local']),
    )
    .option('--calicoctl <path>', 'the calicoctl on this machine (default: calicoctl from PATH)')
    .option('--service-account <name>', 'run the pod as this account instead of one made for the run')

const collect = (value: string, previous: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...previous,
  value,
]

const parseSeconds = (text: string): number => {
  const seconds = parseDuration(text) / 1000
  if (!Number.isInteger(seconds)) throw new InvalidArgumentError('Use whole seconds, such as 90s.')
  return seconds
}

/** Adds the options of the pod that writes. */
export const withPod = (command: Command): Command =>
  command
    .option('--image <name>', "the image with calicoctl (default: Calico's own, in the cluster's version)")
    .addOption(
      new Option('--pull-policy <policy>', 'pull policy of that image').choices([
        'Always',
        'IfNotPresent',
        'Never',
      ]),
    )
    .option('--pull-secret <name>', 'a secret to pull it with; repeatable', collect)
    .option('--host-network', "run the pod on its node's network, which no policy for pods cuts off")
    .addOption(
      new Option(
        '--lockout <what>',
        'what to do with policies that would cut the pod off (default: refuse)',
      ).choices(['refuse', 'exempt', 'ignore']),
    )
    .addOption(
      new Option(
        '--ttl <time>',
        'how long the cluster keeps a finished run whose client is gone (default: 60s)',
      ).argParser(parseSeconds),
    )
