import * as E from 'fp-ts/lib/Either.js'
import { actions, placed, skips } from './action.js'
import { type Call, failed, type Printed, worded } from './call.js'
import { readInput } from './input.js'
import { summarise } from './summary.js'
import { mismatch } from './version.js'

const pause =
  (signal: AbortSignal) =>
  (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
    })

/** `calicoctl create|apply|replace|delete -f`: one resource after the other, going on after a failure. */
export const write = async (call: Call): Promise<Printed> => {
  const { args, client, run, version } = call
  const { command, options } = args
  const unfit = await mismatch(call)
  if (unfit !== undefined) return failed(unfit)
  const input = readInput(run.files, options.get('filename') ?? '', options.has('skip-empty'))
  if (E.isLeft(input)) return failed(worded(version, input.left))
  const objects = input.right
  if (objects.length === 0) return { stdout: 'No resources specified\n' }

  const failures: string[] = []
  let handled = 0
  for (const object of objects) {
    const here = placed(object, args)
    const result = E.isLeft(here) ? here : await actions[command]?.(client, here.right, pause(run.signal))
    const wrong =
      result !== undefined && E.isLeft(result) && !skips(result.left, args) ? result.left : undefined
    if (wrong !== undefined) failures.push(wrong.text)
    // `replace` counts what it tried, not what it did.
    if (wrong === undefined || (command === 'replace' && E.isRight(here))) handled += 1
  }
  const [first, ...others] = objects
  const kind = others.every((object) => object.kind === first?.kind) ? first?.kind : undefined
  return summarise({ version, command, total: objects.length, handled, kind, failures })
}
