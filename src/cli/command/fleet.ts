import { Command } from 'commander'
import { fleetJobCommand } from './fleet-job.js'
import { fleetStatusCommand } from './fleet-status.js'
import { fleetWorkCommand } from './fleet-work.js'

export const fleetCommand = (): Command => {
  const whole = new Command('fleet')
    .summary('work on many clusters with a Kubernetes Job')
    .description(
      'Works on many clusters with a Kubernetes Job: a pod for each kubeconfig Secret of a management cluster.',
    )
  for (const command of [fleetJobCommand, fleetStatusCommand, fleetWorkCommand]) whole.addCommand(command())
  return whole
}
