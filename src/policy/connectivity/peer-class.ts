import { familyAt } from '../../net/cidr.js'
import type { Endpoint } from '../evaluate/flow.js'
import { isPod, type Known, know } from '../evaluate/peer.js'
import { allQuestions, type Question, questionsOf, type Rulebook } from '../evaluate/policy-set.js'
import { type Certainty, certain } from '../evaluate/three-valued.js'

/** Endpoints that no policy can tell apart, by one of them. */
export interface Party {
  readonly known: Known
  readonly egress: ReadonlyArray<Question>
  readonly ingress: ReadonlyArray<Question>
  /** Whether it is what a question asks of an end, by the question's number. */
  readonly asSource: ReadonlyArray<Certainty>
  readonly asDestination: ReadonlyArray<Certainty>
  /** All else that rules can see of it: the family of its address, and the ports that they name. */
  readonly traits: string
}

const traitsIn = (questions: ReadonlyArray<Question>): ((known: Known) => string) => {
  const ends = questions.flatMap(({ rule: { source = {}, destination = {} } }) => [source, destination])
  const ports = new Set(ends.flatMap((end) => [...(end.ports ?? []), ...(end.notPorts ?? [])]))
  const names = [...ports].filter((port) => typeof port === 'string')
  return ({ endpoint, place }) => {
    const named = endpoint._tag === 'Workload' ? (endpoint.namedPorts ?? 'unknown') : {}
    return JSON.stringify([
      endpoint._tag,
      place !== undefined && familyAt(place),
      typeof named === 'string' ? named : names.map((name) => named[name]),
    ])
  }
}

/** Finds an endpoint's party. */
export const partiesOf = (book: Rulebook): ((endpoint: Endpoint) => Party) => {
  const parties = new Map<string, Party>()
  const questions = [...allQuestions(book)].sort((a, b) => a.number - b.number)
  const pages = book.chapters.flatMap((chapter) => chapter.pages)
  const traitsOf = traitsIn(questions)
  return (endpoint) => {
    const known = know(endpoint, book.sets)
    const traits = traitsOf(known)
    const asSource = questions.map(({ source }) => source(known))
    const asDestination = questions.map(({ destination }) => destination(known))
    const selected = pages.map(({ selects }) => certain(isPod(known) && selects(known)))
    const letters = [...selected, ...asSource, ...asDestination].map(([letter]) => letter)
    const key = `${traits} ${letters.join('')}`
    const there = parties.get(key)
    if (there !== undefined) return there
    const asked = (direction: 'Ingress' | 'Egress'): ReadonlyArray<Question> =>
      isPod(known) ? [...questionsOf(book, known, direction)] : []
    const party = {
      known,
      egress: asked('Egress'),
      ingress: asked('Ingress'),
      asSource,
      asDestination,
      traits,
    }
    parties.set(key, party)
    return party
  }
}
