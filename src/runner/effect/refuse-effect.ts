import { printChanges } from '../../policy/connectivity/print-connectivity.js'
import type { ConnectivityRefused } from '../error.js'
import type { ConnectivityEffect, Refusal } from '../report.js'

const words: Readonly<Record<Refusal, string>> = {
  opens: 'it opens what was closed',
  closes: 'it closes what was open',
  unknown: 'what it does to some traffic is not known',
}

const most = 5

/** The first lines of what changes, or what could not be read. */
const excerpt = ({ changes, unread }: ConnectivityEffect): string => {
  if (changes.length === 0) return unread.map(({ kind, name = '' }) => `${kind} ${name}`.trim()).join(', ')
  const lines = printChanges(changes).split('\n')
  return [...lines.slice(0, most), ...(lines.length > most ? [`and ${lines.length - most} more`] : [])].join(
    '; ',
  )
}

/** Why apply goes no further; `undefined` where nothing is refused. */
export const connectivityRefused = (effect: ConnectivityEffect): ConnectivityRefused | undefined => {
  const { refused, changes, unread } = effect
  if (refused.length === 0) return undefined
  const isBlind = changes.length === 0
  return {
    _tag: 'ConnectivityRefused',
    message: isBlind
      ? `what this opens and closes cannot be known, because some of the cluster could not be read: ${excerpt(effect)}`
      : `this is not applied, because ${refused.map((it) => words[it]).join(', and ')}: ${excerpt(effect)}`,
    hint: isBlind
      ? 'grant the rights that are named, or leave the option refuse out'
      : 'look at it with plan and connectivity: true; change the resources, or leave it out of the option refuse',
    refused,
    changes,
    unread,
  }
}
