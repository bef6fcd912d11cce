import { networkSpan } from '../network.js'
import { encloses } from '../span.js'

/** Whether each of the nets is within one of the others. */
export const areNetsWithin = (nets: ReadonlyArray<string>, others: ReadonlyArray<string>): boolean => {
  const spans = others.flatMap((other) => networkSpan(other) ?? [])
  return nets.every((net) => {
    const span = networkSpan(net)
    return span !== undefined && encloses(spans, span)
  })
}
