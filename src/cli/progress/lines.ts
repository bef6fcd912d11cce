import type { RunEvent } from '../../runner/event.js'
import { err } from '../terminal.js'
import { detailOf, stepTitle } from './words.js'

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(5)} s`

/** What happens as lines with the time since the call began, for logs. */
export const followInLines = async (events: AsyncIterable<RunEvent>): Promise<void> => {
  for await (const event of events) {
    const detail = detailOf(event)
    if (event._tag === 'Started') err(`${seconds(event.elapsedMs)}  ${stepTitle[event.step]}`)
    else if (detail !== undefined) err(`${seconds(event.elapsedMs)}    ${detail}`)
  }
}
