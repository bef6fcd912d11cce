import { orThrow } from '../../src/error.js'
import type { ListenedOptions } from '../../src/runner/call-options.js'
import type { RunnerOptions } from '../../src/runner/options.js'
import { beginCall, type CallContext } from '../../src/runner/run-context.js'
import { decodeSettings, type Settings } from '../../src/runner/settings.js'

/** A call of a Runner with these options, to hand to what is below the Runner. */
export const callOf = (
  options: RunnerOptions,
  call: ListenedOptions = {},
  settings: Partial<Settings> = {},
): CallContext => beginCall(options.cluster, { ...orThrow(decodeSettings(options)), ...settings }, call)
