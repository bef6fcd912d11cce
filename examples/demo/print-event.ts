import type { RunEvent } from 'typed-calico/runner'

const seconds = (elapsedMs: number): string => `${(elapsedMs / 1000).toFixed(1).padStart(5)} s`

const told = (event: RunEvent): string | undefined => {
  switch (event._tag) {
    case 'Started':
      return `${event.step} …`
    case 'Created':
      return `  + ${event.object}`
    case 'Removed':
      return `  - ${event.object}`
    case 'Pod':
      return `  pod: ${event.phase}${event.reason === undefined ? '' : ` (${event.reason})`}`
    case 'Said':
      return `  calicoctl ${event.container}: ${event.text.trim()}`
    default:
      return undefined
  }
}

/** One event of a run as a line, with the time since the run began. */
export const printEvent = (event: RunEvent): void => {
  const line = told(event)
  if (line !== undefined) console.log(`${seconds(event.elapsedMs)}  ${line}`)
}
