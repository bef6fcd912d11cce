import type { Context } from '../../src/check/engine/constraint.js'
import { newest } from '../../src/model/calico-version.js'

/** For constraints that look at nothing but their value. */
export const context: Context = {
  calico: newest,
  command: 'create',
  resource: {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'a' },
    spec: {},
  },
}
