import * as assert from 'uvu/assert'

/** Where Calico and we say different things about one input. */
export interface Disagreement {
  /** What finds the input again: a named case, or the seed and place in a round. */
  readonly id: string
  readonly input: string
  readonly calico: string
  readonly ours: string
}

const shown = 10

export const report = (total: number, found: ReadonlyArray<Disagreement>): string =>
  [
    `${found.length} of ${total} disagree${found.length > shown ? `; the first ${shown}` : ''}:`,
    ...found
      .slice(0, shown)
      .map(({ id, input, calico, ours }) =>
        [`── ${id}`, `calico: ${calico}`, `ours:   ${ours}`, input].join('\n'),
      ),
  ].join('\n\n')

export const agree = (total: number, found: ReadonlyArray<Disagreement>): void => {
  assert.ok(total > 0, 'nothing was compared')
  if (found.length > 0) assert.unreachable(report(total, found))
}
