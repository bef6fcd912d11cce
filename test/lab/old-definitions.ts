import { join } from 'node:path'
import type { Clients } from './clients.js'
import { calicoVersion } from './products.js'
import type { Record } from './record.js'

/**
 * Makes a lab in native mode one that has not been moved to it yet: with `crd.projectcalico.org`, where Calico 3.28.5 reads,
 * and with the definitions of native mode beside it, which it does not.
 */
export const addOldDefinitions = async ({ kubectl }: Clients, { folders }: Record): Promise<void> => {
  const must = async (args: ReadonlyArray<string>, stdin?: string): Promise<void> => {
    const { code, stderr } = await kubectl(args, stdin)
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
  }
  await must(['create', '-f', join(folders.manifests, 'crd')])
  await must(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s'])
  await must(['delete', 'clusterinformations.projectcalico.org', 'default'])
  const information = {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'ClusterInformation',
    metadata: { name: 'default' },
    spec: { calicoVersion: `v${calicoVersion}`, clusterType: 'k8s,kdd', datastoreReady: true },
  }
  await must(['create', '-f', '-'], JSON.stringify(information))
}
