import { InvalidArgumentError, Option } from 'commander'
import { closes, opens } from '../../policy/connectivity/change-kind.js'
import type { Difference } from '../../policy/connectivity/diff.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { err } from '../terminal.js'

type Changed = Pick<Difference, 'before' | 'after' | 'only'>

/** What a change may not do between ends that were there before and stay, or at all. */
export type Gate = 'opens' | 'closes' | 'any'

const isHeld: Readonly<Record<Gate, (change: Changed) => boolean>> = {
  opens,
  closes,
  any: () => true,
}

const words: Readonly<Record<Gate, string>> = { opens: 'opens', closes: 'closes', any: 'changes' }

/** `--fail-on`, of these gates; repeatable. */
export const failOn = <G extends string>(gates: ReadonlyArray<G>, what: string): Option =>
  new Option('--fail-on <what>', `exit with 2 if ${what}; repeatable`)
    .choices(gates)
    .argParser((text: string, before: ReadonlyArray<G> = []): ReadonlyArray<G> => {
      const gate = gates.find((it) => it === text)
      if (gate === undefined) throw new InvalidArgumentError(`Allowed choices are ${gates.join(', ')}.`)
      return [...before, gate]
    })

/** Whether the gates let the changes through: what is or was `unknown` may be what they hold back, and counts. */
export const passes = (changes: ReadonlyArray<Changed>, gates: ReadonlyArray<Gate>): ExitCode => {
  const shut = gates.filter((gate) => changes.some(isHeld[gate]))
  for (const gate of shut) err(`--fail-on ${gate}: this ${words[gate]} something`)
  return shut.length === 0 ? exitCodes.ok : exitCodes.changes
}
