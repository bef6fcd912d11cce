import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import type { Resource } from '../../src/model/resource.js'

/** Policies of the usual size, the same for every cluster. */
export const globalPolicies = (count: number): ReadonlyArray<Resource> =>
  Array.from({ length: count }, (_, index) =>
    globalNetworkPolicy(`policy-${index}`)
      .order(index)
      .selector(`app == 'app-${index}'`)
      .allowIngress({
        protocol: 'TCP',
        source: { selector: `app == 'client-${index}'` },
        destination: { ports: [443] },
      })
      .allowEgress({ destination: { nets: [`10.${index % 250}.0.0/16`] } }),
  )
