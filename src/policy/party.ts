import { certain } from './certainty.js'
import type { Endpoint } from './endpoint.js'
import { isPod, type Known, know } from './known.js'
import { familyAt } from './network.js'
import { allQuestions, type Question, questionsOf, type Rulebook } from './rulebook.js'

/** Endpoints that no policy can tell apart, by one of them. */
export interface Party {
  readonly index: number
  readonly known: Known
  readonly egress: ReadonlyArray<Question>
  readonly ingress: ReadonlyArray<Question>
}

/** All that a policy can see of an endpoint, as text: what selects it, what its rules mean, the ports that they name. */
const likeness = (book: Rulebook): ((known: Known) => string) => {
  const questions = allQuestions(book)
  const pages = book.chapters.flatMap((chapter) => chapter.pages)
  const rules = questions.flatMap(({ rule: { source = {}, destination = {} } }) => [source, destination])
  const ports = new Set(rules.flatMap((end) => [...(end.ports ?? []), ...(end.notPorts ?? [])]))
  const names = [...ports].filter((port) => typeof port === 'string')
  return (known) => {
    const { endpoint, place } = known
    const namedPorts = endpoint._tag === 'Workload' ? endpoint.namedPorts : {}
    const answers = [
      ...pages.map(({ selects }) => certain(isPod(known) && selects(known))),
      ...questions.flatMap(({ source, destination }) => [source(known), destination(known)]),
    ]
    return [
      endpoint._tag,
      place && familyAt(place),
      namedPorts && names.map((name) => namedPorts[name]),
      answers.map(([letter]) => letter).join(''),
    ].join(' ')
  }
}

/** Finds an endpoint's party. */
export const partiesOf = (book: Rulebook): ((endpoint: Endpoint) => Party) => {
  const parties = new Map<string, Party>()
  const likenessOf = likeness(book)
  return (endpoint) => {
    const known = know(endpoint, book.sets)
    const key = likenessOf(known)
    const there = parties.get(key)
    if (there !== undefined) return there
    const asked = (direction: 'Ingress' | 'Egress') =>
      isPod(known) ? [...questionsOf(book, known, direction)] : []
    const party = { index: parties.size, known, egress: asked('Egress'), ingress: asked('Ingress') }
    parties.set(key, party)
    return party
  }
}
