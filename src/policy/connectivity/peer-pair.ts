import { protocolNumber } from '../../net/protocol-number.js'
import { type Decision, decideSide, together } from '../evaluate/evaluate.js'
import type { Ends } from '../evaluate/peer.js'
import type { Question } from '../evaluate/policy-set.js'
import { marksOf, meansProtocol } from '../evaluate/rule-match.js'
import { type Certainty, every } from '../evaluate/three-valued.js'
import { divide } from './partition.js'
import type { Party } from './peer-class.js'
import type { Through } from './traffic.js'
import { axesOf } from './traffic.js'

/** A question that two ends leave open: it hangs on protocol and ports alone, or on what is not known of the ends. */
interface Open {
  readonly question: Question
  readonly match: Certainty
}

const leftOpen = (questions: ReadonlyArray<Question>, from: Party, to: Party): ReadonlyArray<Open> =>
  questions.flatMap((question) => {
    const match = every([
      from.asSource[question.number] ?? 'unknown',
      to.asDestination[question.number] ?? 'unknown',
    ])
    return match === 'no' ? [] : [{ question, match }]
  })

/** `verdict`, asked once for each piece of traffic that the rules tell apart. */
const ask = (sides: ReadonlyArray<ReadonlyArray<Question>>, ends: Ends): Through => {
  const mentioned = sides.flat().flatMap(({ rule }) => [rule.protocol ?? [], rule.notProtocol ?? []].flat())
  const divided = divide<Decision>(mentioned.map(protocolNumber), (protocol) => {
    const { fields, packet } = axesOf(protocol)
    const asked = sides.map((side) => side.filter(({ rule }) => meansProtocol(rule, protocol)))
    const marks = asked.flat().map(({ rule }) => marksOf(rule, ends))
    return {
      marks: [marks.flatMap((of) => of[fields[0]]), marks.flatMap((of) => of[fields[1]])],
      ask: (first, second) => {
        const sent = { protocol, ...packet(first, second) }
        return together(asked.map((side) => decideSide(side, sent, ends).decision))
      },
    }
  })
  return { allowed: divided.get('allowed') ?? [], unknown: divided.get('unknown') ?? [] }
}

/** What gets through from one party to another. Where the same questions are open, the answer is the same value. */
export const asking = (): ((from: Party, to: Party) => Through) => {
  const answers = new Map<string, Through>()
  const values = new Map<string, Through>()
  return (from, to) => {
    const sides = [leftOpen(from.egress, from, to), leftOpen(to.ingress, from, to)]
    const numbers = sides.map((side) => side.map(({ question, match }) => question.number + match).join())
    const key = [from.traits, to.traits, ...numbers].join(' ')
    const there = answers.get(key)
    if (there !== undefined) return there
    const settled = sides.map((side) =>
      side.map(({ question, match }) => ({ ...question, source: () => match, destination: () => match })),
    )
    const through = ask(settled, { from: from.known, to: to.known })
    const text = JSON.stringify(through)
    const value = values.get(text) ?? through
    values.set(text, value)
    answers.set(key, value)
    return value
  }
}
