import { every } from './certainty.js'
import { type Decision, decideSide, together } from './decide.js'
import { divide } from './divide.js'
import type { Ends } from './known.js'
import { marksOf, meansProtocol } from './packet-match.js'
import type { Party } from './party.js'
import { protocolNumber } from './protocol-number.js'
import type { Question } from './rulebook.js'
import type { Through } from './through.js'
import { axesOf } from './traffic.js'

/** The questions that these ends leave open: on protocol and ports alone. */
const open = (questions: ReadonlyArray<Question>, { from, to }: Ends): ReadonlyArray<Question> =>
  questions.flatMap((question) => {
    const match = every([question.source(from), question.destination(to)])
    return match === 'no' ? [] : [{ ...question, source: () => match, destination: () => 'yes' as const }]
  })

/** What gets through from one party to another: `verdict`, asked once for each piece of traffic that rules tell apart. */
export const between = (from: Party, to: Party): Through => {
  const ends = { from: from.known, to: to.known }
  const sides = [open(from.egress, ends), open(to.ingress, ends)]
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
