import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { task } from '../../async/task.js'
import type { CheckOptions } from '../../check/check.js'
import type { Resource } from '../../model/resource.js'
import type { CliFailure } from '../failure.js'
import { err } from '../terminal.js'
import { type Inputs, loadInputs } from './load.js'
import { allResources, placeFailure } from './loaded.js'

/** Says which files were passed over, lest a policy be missing unnoticed. */
export const tellPassedOver = ({ passedOver }: Inputs): void => {
  for (const file of passedOver) err(`skipped ${file}: no resource in it`)
}

/** The resources of the inputs, checked; or all that is wrong with any of them. */
export const read = (
  inputs: ReadonlyArray<string>,
  options: CheckOptions,
): TaskEither<CliFailure, ReadonlyArray<Resource>> =>
  task(async (must) => (await must(readToApply(inputs, options))).resources)

/** Resources to be applied, and where to find what the Runner then says of them. */
export interface ToApply {
  readonly resources: ReadonlyArray<Resource>
  readonly place: (failure: CliFailure) => CliFailure
}

/** The resources of the inputs, checked before the cluster is asked for its version: refused is what no Calico takes. */
export const readToApply = (
  inputs: ReadonlyArray<string>,
  options: CheckOptions = { calico: 'any' },
): TaskEither<CliFailure, ToApply> =>
  task(async (must) => {
    const { files, ...others } = await must(loadInputs(inputs, options))
    tellPassedOver({ files, ...others })
    return { resources: await must(allResources(files)), place: placeFailure(files) }
  })
