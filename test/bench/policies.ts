import { type NetworkPolicy, networkPolicy } from '../../src/index.js'

/** Policies as people write them, that select nothing. */
export const policies = (count: number, order: number, namespace: string): ReadonlyArray<NetworkPolicy> =>
  Array.from({ length: count }, (_, i) =>
    networkPolicy(`policy-${i}`, namespace)
      .order(order)
      .selector("app == 'nothing'")
      .allowIngress({
        protocol: 'TCP',
        source: { nets: ['192.0.2.0/24'] },
        destination: { ports: [80, 443] },
      }),
  )
