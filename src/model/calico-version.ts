import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, invalid } from '../error.js'

/**
 * A release of Calico 3 as one number that grows with it: 1,000 for each minor, 1 for each patch. A minor without a
 * patch is its newest patch, so that what was refused in any of them is refused.
 */
export type Version = number

const minorSize = 1_000

const at = (minor: number, patch: number = minorSize - 1): Version =>
  minor * minorSize + Math.min(patch, minorSize - 1)

/** The oldest and the newest minor whose rules are known. */
export const oldestMinor = 20
export const newestMinor = 33
export const newest: Version = at(newestMinor)
export const oldest: Version = at(oldestMinor, 0)

/** A release that our own tables name: `'3.29'`, which is its first patch, or `'3.29.6'`. */
export type Release = `3.${number}`

export const release = (text: Release): Version => {
  const [, minor, patch] = text.split('.')
  return at(Number(minor), Number(patch ?? 0))
}

const minorPart = (version: Version): number => Math.floor(version / minorSize)

export const isSameMinor = (one: Version, other: Version): boolean => minorPart(one) === minorPart(other)

/** `3.28.5` of `v3.28.5-12-g0db5`: the release that a build was made from, where the text names one. */
export const releaseOf = (text: string): string | undefined => /^v?(\d+\.\d+\.\d+)/.exec(text)?.[1]

/** The minor of a release of Calico 3: 28 of `3.28.5`. Of another major, no number. */
export const minorOf = (calico: string): number => Number(/^v?3\.(\d+)/.exec(calico)?.[1] ?? Number.NaN)

/** `3.28.5`, or `3.28` where the patch does not matter. */
export const printVersion = (version: Version): string => {
  const patch = version % minorSize
  return patch === minorSize - 1 ? `3.${minorPart(version)}` : `3.${minorPart(version)}.${patch}`
}

const refuse = (rule: string, message: string, hint: string): E.Either<Invalid, never> =>
  E.left(invalid([{ rule, path: ['calico'], message, hint }]))

/**
 * The version of a text such as `3.28`, `v3.28.5` or `v3.28.5-12-g0db5`. One that is newer than all that is known
 * counts as the newest known.
 *
 * **Errors**: `calico-version` for another text; `old-calico` for Calico before 3.20.
 *
 * @example
 * parseVersion('v3.28.5') // => right(28005)
 */
export const parseVersion = (text: string): E.Either<Invalid, Version> => {
  const found = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+][\w.+-]*)?$/.exec(text)
  if (found === null) {
    return refuse(
      'calico-version',
      `${JSON.stringify(String(text).slice(0, 32))} is not a version of Calico`,
      'write the minor, such as "3.28", or the release, such as "v3.28.5"',
    )
  }
  const [major, minor] = [Number(found[1]), Number(found[2])]
  if (major < 3 || (major === 3 && minor < oldestMinor)) {
    return refuse(
      'old-calico',
      `the rules of Calico ${major}.${minor} are not known`,
      `3.${oldestMinor} is the oldest whose rules are`,
    )
  }
  if (major > 3 || minor > newestMinor) return E.right(newest)
  return E.right(found[3] === undefined ? at(minor) : at(minor, Number(found[3])))
}
