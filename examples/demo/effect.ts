import type { Resource } from 'typed-calico'
import { verdict, type Workload } from 'typed-calico/policy'

const pod = (namespace: string): Workload => ({ _tag: 'Workload', namespace })

/** Who may talk to whom under these resources, and which policy says so. Needs no cluster. */
export const printEffect = (resources: ReadonlyArray<Resource>, namespaces: ReadonlyArray<string>): void => {
  for (const from of namespaces) {
    for (const to of namespaces) {
      const flow = { from: pod(from), to: pod(to), protocol: 'TCP', port: 80 } as const
      const { decision, reasons } = verdict(resources, flow)
      console.log(`${from} → ${to}: ${decision} by ${reasons.at(-1)?.policy ?? 'no policy'}`)
    }
  }
}
