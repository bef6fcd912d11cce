import * as bgp from './bgp.js'
import type { Case } from './case.js'
import * as felix from './felix.js'
import * as hostEndpoint from './host-endpoint.js'
import * as ipPool from './ip-pool.js'
import * as kubernetes from './kubernetes.js'
import * as limits from './limits.js'
import * as metadata from './metadata.js'
import * as name from './name.js'
import * as net from './net.js'
import * as policy from './policy.js'
import * as rule from './rule.js'
import * as selector from './selector.js'

export const cases: ReadonlyArray<Case> = [
  name,
  net,
  metadata,
  rule,
  selector,
  policy,
  hostEndpoint,
  bgp,
  ipPool,
  felix,
  kubernetes,
  limits,
].flatMap((module) => module.cases)
