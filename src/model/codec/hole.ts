const hole = new Error('this part of the value did not decode')

/**
 * Leaves a hole in what is decoded, where a part of it did not decode: who looks into it goes no further, and who goes
 * through the keys does not see it. So the rest can be checked, and no rule takes what is unknown for what is not there.
 */
export const leaveHole = (decoded: object, key: string | number): void => {
  Object.defineProperty(decoded, key, {
    get: () => {
      throw hole
    },
    enumerable: false,
    configurable: true,
  })
}

/** The answer to these, or the other one where a hole was looked into. Handed over, they cost no closure. */
export const unlessHole = <Args extends ReadonlyArray<unknown>, A>(
  otherwise: A,
  answer: (...args: Args) => A,
  ...args: Args
): A => {
  try {
    return answer(...args)
  } catch (error) {
    if (error === hole) return otherwise
    throw error
  }
}

/** A copy of its fields, with the same holes. */
export const copyOf = <A extends object>(decoded: A): A =>
  Object.defineProperties({}, Object.getOwnPropertyDescriptors(decoded)) as A
