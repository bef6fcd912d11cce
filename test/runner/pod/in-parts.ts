import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type ApplyOptions, applyWith } from '../../../src/runner/apply/apply.js'
import type { RunnerError } from '../../../src/runner/error.js'
import type { RunnerOptions } from '../../../src/runner/options.js'
import type { ApplyReport } from '../../../src/runner/report.js'
import type { Input } from '../../../src/runner/runner.js'
import { callOf } from '../begin-call.js'

/** An apply that gives each pod so few resources that a small set is a large one. */
export const applyInParts = (
  options: RunnerOptions,
  partSize: number,
  resources: Input,
  call: ApplyOptions = {},
): TaskEither<RunnerError, ApplyReport> => applyWith(callOf(options, call, { partSize }), resources, call)
