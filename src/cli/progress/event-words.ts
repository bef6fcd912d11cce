import type { RunEvent, Step } from '../../runner/event.js'

/** What a step does, for people. */
export const stepTitle: Readonly<Record<Step, string>> = {
  check: 'check the resources',
  inspect: 'look at the cluster',
  plan: 'compare',
  connectivity: 'read what is on the cluster',
  preflight: 'ask for permissions',
  provision: 'make the account and the input of the run',
  calicoctl: 'run calicoctl',
  write: 'write through the API',
  verify: 'read back',
  reap: 'remove what the run made',
  search: 'search for what is left of runs',
  restore: 'put back what was set',
  remove: 'remove the resources',
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

/** What an event says within its step; undefined where the step's title says it all. */
export const detailOf = (event: RunEvent): string | undefined => {
  switch (event._tag) {
    case 'Created':
      return `+ ${event.object}`
    case 'Removed':
      return `- ${event.object}`
    case 'Restored':
      return `~ ${event.object}: ${event.fields.join(', ')}`
    case 'Pod':
      return `pod: ${event.phase}${event.reason === undefined ? '' : ` (${event.reason})`}`
    case 'Said':
      return `calicoctl: ${lastLine(event.text)}`
    default:
      return undefined
  }
}
