import { Command, Option } from 'commander'
import { worldToJson } from '../../runner/world/world-file.js'
import { parseDuration } from '../duration.js'
import { exitCodes } from '../exit-code.js'
import { type ClusterChoice, readCluster } from '../input/read-snapshot.js'
import { write } from '../output/write.js'
import { act } from './act.js'
import { outFile } from './option.js'

interface SnapshotOptions extends ClusterChoice {
  readonly anonymous?: true
  readonly out?: string
}

const snapshot = act(async (unwrap, options: SnapshotOptions) => {
  const read = await unwrap(readCluster(options))
  await unwrap(write(worldToJson(read, { anonymous: options.anonymous === true }), options.out))
  return exitCodes.ok
})

export const snapshotCommand = (): Command =>
  new Command('snapshot')
    .summary('write a cluster to a file, to ask without it')
    .description(
      'Writes everything on a cluster that has a say in its traffic to a file that --world reads, so that questions can be asked without the cluster. Changes nothing.',
    )
    .option('--context <name>', 'a context of the kubeconfig other than its current one')
    .option(
      '--kubeconfig <file>',
      "the kubeconfig (default: the one kubectl uses, or the pod's service account)",
    )
    .addOption(
      new Option(
        '--timeout <time>',
        'time limit for the whole command, such as 90s or 2m (default: 2m)',
      ).argParser(parseDuration),
    )
    .option('--anonymous', 'replace names, labels and addresses; answers stay as they are')
    .addOption(outFile())
    .action(snapshot)
