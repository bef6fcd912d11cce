/** Whether something holds, where not all is known: a service's endpoints, say, or what HTTP will be spoken. */
export type Certainty = 'yes' | 'no' | 'unknown'

export type Test<A> = (of: A) => Certainty

export const certain = (holds: boolean): Certainty => (holds ? 'yes' : 'no')

/** All must hold: one `no` settles it. */
export const every = (parts: Iterable<Certainty>): Certainty => {
  let result: Certainty = 'yes'
  for (const part of parts) {
    if (part === 'no') return 'no'
    if (part === 'unknown') result = 'unknown'
  }
  return result
}

export const negate = (certainty: Certainty): Certainty =>
  certainty === 'unknown' ? 'unknown' : certain(certainty === 'no')

/** One that holds is enough. */
export const some = (parts: ReadonlyArray<Certainty>): Certainty => negate(every(parts.map(negate)))

export const not =
  <A>(test: Test<A>): Test<A> =>
  (of) =>
    negate(test(of))

export const all =
  <A>(tests: ReadonlyArray<Test<A>>): Test<A> =>
  (of) =>
    every(tests.map((test) => test(of)))
