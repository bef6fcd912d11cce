import { isInNetwork } from '../network.js'

/** Whether the net is of its own length, at least as long as the other, and begins in it. */
const isNetWithin = (net: string, other: string): boolean => {
  const [, base = '', length] = /^([^/]+)\/(\d+)$/.exec(net) ?? []
  const otherLength = /\/(\d+)$/.exec(other)?.[1]
  return Number(length) >= Number(otherLength) && isInNetwork(base, other)
}

/** Whether each of the nets is within one of the others. */
export const areNetsWithin = (nets: ReadonlyArray<string>, others: ReadonlyArray<string>): boolean =>
  nets.every((net) => others.some((other) => isNetWithin(net, other)))
