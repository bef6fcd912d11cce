/** Points of an axis in a row: from the first, until just before the other end. */
export interface Interval<N extends number | bigint = number> {
  readonly from: N
  readonly until: N
}

type Intervals<N extends number | bigint> = ReadonlyArray<Interval<N>>

export const covers = <N extends number | bigint>(spans: Intervals<N>, point: N): boolean =>
  spans.some(({ from, until }) => from <= point && point < until)

/** Whether one of the spans has all of the other one in it. */
export const encloses = <N extends number | bigint>(
  spans: Intervals<N>,
  { from, until }: Interval<N>,
): boolean => spans.some((span) => span.from <= from && until <= span.until)

/** Whether some point is in a span of both. */
export const overlap = <N extends number | bigint>(spans: Intervals<N>, others: Intervals<N>): boolean =>
  spans.some((span) => others.some((other) => span.from < other.until && other.from < span.until))

/** The spans, cut wherever a mark begins or ends: each piece is wholly in a mark or wholly out of it. */
export const cut = <N extends number | bigint>(spans: Intervals<N>, marks: Intervals<N>): Intervals<N> => {
  const ends = new Set(marks.flatMap(({ from, until }) => [from, until]))
  const inOrder = [...ends].sort((a, b) => (a < b ? -1 : 1))
  return spans.flatMap((span) => {
    const pieces: Array<Interval<N>> = []
    let { from } = span
    for (const end of inOrder) {
      if (end <= from || end >= span.until) continue
      pieces.push({ from, until: end })
      from = end
    }
    return [...pieces, { from, until: span.until }]
  })
}

/** The same points in the fewest spans, in order. */
export const join = <N extends number | bigint>(spans: Intervals<N>): Intervals<N> => {
  const joined: Array<Interval<N>> = []
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1)
    if (last === undefined || last.until < span.from) joined.push(span)
    else if (last.until < span.until) joined[joined.length - 1] = { from: last.from, until: span.until }
  }
  return joined
}

/** The points of the spans that the others have as well. */
export const common = <N extends number | bigint>(spans: Intervals<N>, others: Intervals<N>): Intervals<N> =>
  spans.flatMap(({ from, until }) =>
    others.flatMap((other) => {
      let { from: first, until: last } = other
      if (first < from) first = from
      if (until < last) last = until
      return first < last ? [{ from: first, until: last }] : []
    }),
  )

/** The points of the spans that the others do not have. */
export const without = <N extends number | bigint>(
  spans: Intervals<N>,
  others: Intervals<N>,
): Intervals<N> => {
  let left = spans
  for (const { from, until } of others)
    left = left.flatMap((span) =>
      span.until <= from || until <= span.from
        ? [span]
        : [
            ...(span.from < from ? [{ from: span.from, until: from }] : []),
            ...(until < span.until ? [{ from: until, until: span.until }] : []),
          ],
    )
  return left
}
