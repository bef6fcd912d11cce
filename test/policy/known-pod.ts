import type { Workload } from '../../src/policy/world/flow.js'

/** A pod of which all is known that policies ask about, but for its address. */
export const knownPod = (name: string, labels: Workload['labels'] = { role: name }): Workload => ({
  _tag: 'Workload',
  namespace: 'shop',
  name,
  labels,
  namespaceLabels: {},
  serviceAccount: '',
  namedPorts: [],
})
