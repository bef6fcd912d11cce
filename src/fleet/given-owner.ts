import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, invalid } from '../error.js'
import { decodeOwner } from '../runner/state/owner-labels.js'

/** The owner, if one is named: what cannot be marked with it is refused before anything is printed. */
export const givenOwner = (owner: string | undefined): E.Either<Invalid, string | undefined> =>
  owner === undefined
    ? E.right(undefined)
    : E.mapLeft(({ message, hint = 'choose another owner' }: { message: string; hint?: string }) =>
        invalid([{ rule: 'owner', path: ['owner'], message, hint }]),
      )(decodeOwner(owner))
