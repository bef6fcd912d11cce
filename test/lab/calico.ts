import { join } from 'node:path'
import { clientsOf } from './clients.js'
import type { Place } from './place.js'
import type { Record } from './record.js'
import { until } from './until.js'

export const felixIsReady = ({ network }: Record): Promise<boolean> =>
  fetch(`http://${network.address}:9099/readiness`, { signal: AbortSignal.timeout(1000) }).then(
    (response) => response.ok,
    () => false,
  )

/** Puts Calico's definitions and its first object into a lab whose API server is ready. */
export const installCalico = async (place: Place, record: Record): Promise<void> => {
  const { kubectl } = clientsOf(place, record)
  const succeeds =
    (...args: ReadonlyArray<string>) =>
    async () =>
      (await kubectl(args)).code === 0
  const path = '/apis/crd.projectcalico.org/v1/clusterinformations'
  await until(
    place,
    "Calico's definitions are there",
    'kube-apiserver',
    succeeds('apply', '--validate=false', '-f', join(record.folders.manifests, 'crd')),
  )
  await until(
    place,
    "Calico's cluster information is there",
    'kube-apiserver',
    succeeds('create', '--raw', path, '-f', join(place.etc, 'cluster.json')),
  )
}
