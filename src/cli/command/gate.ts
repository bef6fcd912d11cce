import { Option } from 'commander'
import { closes, opens } from '../../policy/connectivity/change-kind.js'
import type { Decision } from '../../policy/evaluate/reason.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { err } from '../terminal.js'

/** What a change may not do. */
export type Gate = 'opens' | 'closes' | 'any'

interface Changed {
  readonly before: Decision
  readonly after: Decision
}

const isHeld: Readonly<Record<Gate, (change: Changed) => boolean>> = {
  opens,
  closes,
  any: () => true,
}

export const failOn = (): Option =>
  new Option('--fail-on <what>', 'exit with 2 if something opens, closes, or changes at all').choices([
    'opens',
    'closes',
    'any',
  ])

const words: Readonly<Record<Gate, string>> = { opens: 'opens', closes: 'closes', any: 'changes' }

/** Whether the gate lets the changes through: what is or was `unknown` may be what it holds back, and counts. */
export const passes = (changes: ReadonlyArray<Changed>, gate: Gate | undefined): ExitCode => {
  if (gate === undefined) return exitCodes.ok
  const held = changes.filter(isHeld[gate]).length
  if (held === 0) return exitCodes.ok
  err(`--fail-on ${gate}: this ${words[gate]} something`)
  return exitCodes.changes
}
