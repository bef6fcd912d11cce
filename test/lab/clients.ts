import { join } from 'node:path'
import { type Output, run } from './command.js'
import type { Place } from './place.js'
import type { Record } from './record.js'

/** The lab's own kubectl and calicoctl, run on the machine as the lab's admin. */
export interface Clients {
  readonly kubectl: (args: ReadonlyArray<string>, stdin?: string) => Promise<Output>
  readonly calicoctl: (args: ReadonlyArray<string>, stdin?: string) => Promise<Output>
}

/** Of kubectl, calicoctl and helm: which cluster, and no file outside of the lab's folder. */
export const environmentOf = (place: Place) => ({
  KUBECONFIG: place.kubeconfig,
  KUBECACHEDIR: join(place.etc, 'kubectl'),
  DATASTORE_TYPE: 'kubernetes',
  HELM_CACHE_HOME: join(place.etc, 'helm'),
  HELM_CONFIG_HOME: join(place.etc, 'helm'),
  HELM_DATA_HOME: join(place.etc, 'helm'),
})

export const binaryOf = ({ folders }: Record, name: 'kubectl' | 'calicoctl'): string =>
  join(name === 'kubectl' ? folders.kubernetes : folders.calico, name)

export const clientsOf = (place: Place, record: Record): Clients => {
  // They end with this process, so that none writes on when a test was killed.
  const client = (name: 'kubectl' | 'calicoctl') => (args: ReadonlyArray<string>, stdin?: string) =>
    run('setpriv', ['--pdeathsig', 'KILL', binaryOf(record, name), ...args], {
      env: environmentOf(place),
      ...(stdin === undefined ? {} : { stdin }),
    })
  return { kubectl: client('kubectl'), calicoctl: client('calicoctl') }
}
