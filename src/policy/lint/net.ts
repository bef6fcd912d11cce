import { networkSpan } from '../network.js'

const isNetWithin = (net: string, other: string): boolean => {
  const [inner, outer] = [networkSpan(net), networkSpan(other)]
  return inner !== undefined && outer !== undefined && outer.from <= inner.from && inner.until <= outer.until
}

/** Whether each of the nets is within one of the others. */
export const areNetsWithin = (nets: ReadonlyArray<string>, others: ReadonlyArray<string>): boolean =>
  nets.every((net) => others.some((other) => isNetWithin(net, other)))
