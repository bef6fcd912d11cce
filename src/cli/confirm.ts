import { createInterface } from 'node:readline/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type BadUsage, badUsage, type Declined } from './failure.js'
import { canAsk, isTerminal } from './terminal.js'

/** Whether the person at the terminal is to be asked before anything changes. */
export const mustAsk = (yes: boolean | undefined): boolean => yes !== true && isTerminal()

/** Goes on when the person at the terminal says yes. */
export const confirm =
  (question: string): TaskEither<BadUsage | Declined, void> =>
  async () => {
    if (!canAsk())
      return E.left(badUsage('there is no terminal to ask on', 'pass --yes to go ahead without asking'))
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await new Promise<string>((resolve) => {
      lines.on('SIGINT', () => resolve('no'))
      lines.on('close', () => resolve('no'))
      lines.question(`${question} [y/N] `).then(resolve, () => resolve('no'))
    })
    lines.close()
    return /^y(es)?$/i.test(answer.trim())
      ? E.right(undefined)
      : E.left({ _tag: 'Declined', message: 'nothing was changed', hint: 'answer y, or pass --yes' })
  }
