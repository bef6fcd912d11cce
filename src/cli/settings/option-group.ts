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
      "the kubeconfig; as kubectl finds it by default, or the pod's service account",
    )
    .option('--context <name>', 'a context of the kubeconfig other than its current one')
    .option('-n, --namespace <name>', "where the run's own objects live (default: the context's namespace)")
    .addOption(new Option('--owner <name>', 'who owns what is applied').env('TYPED_CALICO_OWNER'))
    .addOption(
      new Option('--timeout <time>', 'for the whole call, as 90s or 2m (default: 2m)').argParser(
        parseDuration,
      ),
    )
    .option('--settings <file>', "the Runner's settings as YAML or JSON; options go before them")
    .addOption(
      new Option('--output <format>', 'how results are printed').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option(
        '--transport <how>',
        'resources are written by calicoctl in a pod, through the API, or by calicoctl on this machine (default: pod)',
      ).choices(['pod', 'api', 'local']),
    )
    .option('--calicoctl <path>', 'the calicoctl on this machine (default: calicoctl, as PATH has it)')
    .option(
      '--service-account <name>',
      'the pod runs as this account, instead of one that is made for the run',
    )

const collect = (value: string, previous: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...previous,
  value,
]

const parseSeconds = (text: string): number => {
  const seconds = parseDuration(text) / 1000
  if (!Number.isInteger(seconds)) throw new InvalidArgumentError('Whole seconds, please.')
  return seconds
}

/** Adds the options of the pod that writes. */
export const withPod = (command: Command): Command =>
  command
    .option('--image <name>', "the image with calicoctl (default: Calico's own, of the cluster's version)")
    .addOption(
      new Option('--pull-policy <policy>', 'of that image').choices(['Always', 'IfNotPresent', 'Never']),
    )
    .option('--pull-secret <name>', 'a secret to pull it with; may be repeated', collect)
    .option('--host-network', "run the pod on its node's network, which no policy cuts off")
    .addOption(
      new Option(
        '--lockout <what>',
        'what to do about policies that would cut the pod off (default: refuse)',
      ).choices(['refuse', 'exempt', 'ignore']),
    )
    .addOption(
      new Option(
        '--ttl <time>',
        'how long the cluster keeps a run that nobody reaps (default: 60s)',
      ).argParser(parseSeconds),
    )
