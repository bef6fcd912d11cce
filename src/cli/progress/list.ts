import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2'
import type { RunEvent } from '../../runner/event.js'
import { detailOf, stepTitle } from './event-words.js'

type Events = AsyncIterator<RunEvent>
type Next = IteratorResult<RunEvent>

const isStep = (next: Next): boolean => next.done === true || next.value._tag === 'Started'

/** One step, until the next one begins; marked as failed if it is the last of a call that failed. */
const showStep = async (title: string, events: Events, failed: () => Promise<boolean>): Promise<Next> => {
  let next: Next | undefined
  const list = new Listr(
    {
      title,
      task: async (_context, task) => {
        for (next = await events.next(); !isStep(next); next = await events.next()) {
          task.output = detailOf(next.value) ?? task.output ?? ''
        }
        if (next.done === true && (await failed())) throw new Error(title)
      },
    },
    {
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: {
        timer: PRESET_TIMER,
        // Results are what stdout is for.
        logger: new ListrLogger({
          useIcons: true,
          toStderr: [],
          processOutput: new ProcessOutput(process.stderr, process.stdout, { leaveEmptyLine: false }),
        }),
      },
    },
  )
  await list.run()
  return next ?? events.next()
}

/** What happens as a list of steps, each with what it is about, for a terminal. */
export const followInList = async (
  events: AsyncIterable<RunEvent>,
  failed: () => Promise<boolean>,
): Promise<void> => {
  const iterator = events[Symbol.asyncIterator]()
  let next = await iterator.next()
  while (next.done !== true) {
    next =
      next.value._tag === 'Started'
        ? await showStep(stepTitle[next.value.step], iterator, failed)
        : await iterator.next()
  }
}
