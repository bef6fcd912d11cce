import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { attempt } from '../../async/task.js'
import type { CheckOptions } from '../../check/check.js'
import type { Resource } from '../../model/resource.js'
import type { CliFailure } from '../failure.js'
import { err } from '../terminal.js'
import { type Inputs, loadInputs } from './load.js'
import { allResources } from './loaded.js'

/** Says which files were passed over, lest a policy be missing unnoticed. */
export const tellPassedOver = ({ passedOver }: Inputs): void => {
  for (const file of passedOver) err(`passed over ${file}: there is no resource in it`)
}

/** The resources of the inputs, checked; or all that is wrong with any of them. */
export const read = (
  inputs: ReadonlyArray<string>,
  options: CheckOptions,
): TaskEither<CliFailure, ReadonlyArray<Resource>> =>
  attempt(async (must) => {
    const loaded = await must(loadInputs(inputs, options))
    tellPassedOver(loaded)
    return must(allResources(loaded.files))
  })
