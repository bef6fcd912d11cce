import { Command, Option } from 'commander'
import { kubeCluster } from '../../cluster/kube.js'
import { fleetStatus } from '../../fleet/job/fleet-status.js'
import { exitCodes } from '../exit-code.js'
import { interruptSignal } from '../interrupt.js'
import { fleetLines, fleetSummary } from '../output/fleet-report.js'
import { err, out } from '../terminal.js'
import { act } from './act.js'

interface StatusOptions {
  readonly namespace: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly output: 'text' | 'json'
}

const status = act(async (unwrap, name: string, options: StatusOptions) => {
  const { namespace, kubeconfig, context, output } = options
  const cluster = kubeCluster({
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
  })
  const report = await unwrap(fleetStatus(cluster, { namespace, name, signal: interruptSignal() }))
  cluster.close()
  if (output === 'json') out(JSON.stringify(report, null, 2))
  else for (const line of fleetLines(report)) out(line)
  err(fleetSummary(report))
  const isWell = report.state !== 'failed' && report.state !== 'incomplete' && report.counts.failed === 0
  return isWell ? exitCodes.ok : exitCodes.failure
})

export const fleetStatusCommand = (): Command =>
  new Command('status')
    .summary('list what became of each of its clusters')
    .description(
      "Lists what became of each cluster of a fleet's Job, as its pods reported it. Exits with 1 if one has failed, or a Job is missing.",
    )
    .argument('<job>', 'name of the Job')
    .requiredOption('-n, --namespace <name>', 'the namespace of the Job')
    .option('--kubeconfig <file>', 'the kubeconfig of the management cluster')
    .option('--context <name>', 'a context of it other than its current one')
    .addOption(
      new Option('--output <format>', 'format of the results').choices(['text', 'json']).default('text'),
    )
    .action(status)
