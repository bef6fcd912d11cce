import type { Case } from './generate/world/case.js'
import type { Answer, Oracle } from './oracle.js'

type Judged = Extract<Answer<'flows'>, { ok: true }>

/** What Calico says of a sample: the cases that it judged, and how many it could not. */
export interface Judgement {
  readonly judged: ReadonlyArray<Case & Judged>
  /** Cases that Calico refuses, and why. */
  readonly refused: ReadonlyArray<string>
  /** Cases left out because the oracle's two opinions differ. */
  readonly differing: ReadonlyArray<string>
}

export const judge = async (oracle: Oracle, cases: ReadonlyArray<Case>): Promise<Judgement> => {
  const answers = await oracle.ask(cases.map((it) => ({ op: 'flows' as const, ...it })))
  const failed = (differ: boolean): ReadonlyArray<string> =>
    answers.flatMap((answer, i) =>
      !answer.ok && (answer.stage === 'differ') === differ
        ? [`${answer.error}\n${JSON.stringify(cases[i])}`]
        : [],
    )
  return {
    judged: answers.flatMap((answer, i) => {
      const asked = cases[i]
      return answer.ok && asked ? [{ ...asked, ...answer }] : []
    }),
    refused: failed(false),
    differing: failed(true),
  }
}

/**
 * The kinds of decision in a verdict, without what they are about: `- n1.e:default.a:0:p n1.e:profile:a` has
 * `-`, `e:policy:p` and `e:profile:a`.
 */
export const kindsOf = (verdict: string): ReadonlyArray<string> =>
  verdict.split(' ').map((step) => {
    const [place = '', ...rest] = step.split(':')
    const at = place.replace(/^.*\./, '')
    return rest.length === 3 ? `${at}:policy:${rest[2]}` : [at, ...rest].join(':')
  })

export const tallyOf = (verdicts: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const tally: Record<string, number> = {}
  for (const kind of verdicts.flatMap(kindsOf)) tally[kind] = (tally[kind] ?? 0) + 1
  return tally
}
