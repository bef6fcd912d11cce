import { type Batch, type Verb, verbs } from '../plan/batch.js'

/** What calicoctl said of what it was given, by what it was to do with it. */
export interface CalicoctlOutput {
  readonly batch: Batch
  readonly texts: Readonly<Partial<Record<Verb, string>>>
}

/** What each calicoctl of a run said. */
export type RunOutput = ReadonlyArray<CalicoctlOutput>

export const joinOutput = (output: RunOutput): string =>
  output.flatMap(({ texts }) => verbs.flatMap((verb) => texts[verb] ?? [])).join('\n')
