/**
 * Whether something holds, where not all is known: 0 no, 1 unknown, 2 yes. As numbers, that all of several hold is the
 * least of them, and that one holds the greatest.
 */
export type Certainty = 0 | 1 | 2

export const certain = (holds: boolean): Certainty => (holds ? 2 : 0)

export const negate = (certainty: Certainty): Certainty => (2 - certainty) as Certainty

export const both = (one: Certainty, other: Certainty): Certainty => (one < other ? one : other)

export const either = (one: Certainty, other: Certainty): Certainty => (one > other ? one : other)
