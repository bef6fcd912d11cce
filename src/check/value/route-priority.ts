import { api } from '../engine/calico-source.js'
import type { Constraint } from '../engine/constraint.js'
import { numberFrom } from './text-number-list.js'

/** The metric of routes, for Felix and for BIRD. */
export const routePriority: Constraint<number> = numberFrom(1, 2_147_483_646, {
  source: api('felixconfig.go, IPv4NormalRoutePriority'),
})
