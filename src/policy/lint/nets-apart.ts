import { networkInterval } from '../../net/cidr.js'
import { overlap } from '../../net/interval.js'
import type { End, Match } from './match.js'

const isApart = ({ nets: some }: End, { nets: others }: End): boolean => {
  if (some.length === 0 || others.length === 0) return false
  const [a, b] = [some, others].map((nets) => nets.map(networkInterval))
  const spans = a?.filter((it) => it !== undefined) ?? []
  const theirs = b?.filter((it) => it !== undefined) ?? []
  return spans.length === some.length && theirs.length === others.length && !overlap(spans, theirs)
}

/** Whether no address is in the nets of both rules, at one of their ends. */
export const areNetsApart = (one: Match, other: Match): boolean =>
  isApart(one.source, other.source) || isApart(one.destination, other.destination)
