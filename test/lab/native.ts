import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clientsOf } from './clients.js'
import { nativeDefinitions } from './definitions.js'
import { mutatingAdmission, releaseOf } from './kubernetes.js'
import { type Place, source } from './place.js'
import type { Record } from './record.js'
import { until } from './until.js'

/** The release that a lab in native mode says to have. */
export const nativeVersion = '3.32.1'

const resource = (kind: string, name: string, spec: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name },
  spec,
})

const first = [
  resource('ClusterInformation', 'default', { calicoVersion: `v${nativeVersion}`, datastoreReady: true }),
  resource('Tier', 'default', { order: 1_000_000 }),
  resource('Tier', 'kube-admin', { order: 1_000, defaultAction: 'Pass' }),
  resource('Tier', 'kube-baseline', { order: 10_000_000, defaultAction: 'Pass' }),
]

const listOf = (items: ReadonlyArray<object>): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items })

/**
 * Puts what Calico's native mode has in `projectcalico.org/v3` into a lab whose API server is ready: definitions, admission
 * and first objects. No Calico reads that: what is real is Kubernetes' API server.
 */
export const installNative = async (place: Place, record: Record): Promise<void> => {
  const { kubectl } = clientsOf(place, record)
  const create = async (text: string): Promise<void> => {
    const { code, stderr } = await kubectl(['create', '-f', '-'], text)
    if (code !== 0) throw new Error(`kubectl create: ${stderr}`)
  }
  const admission = await readFile(join(source, 'native/admission.yaml'), 'utf8')
  await create(listOf(await nativeDefinitions(join(record.folders.manifests, 'crd'))))
  await create(
    admission
      .replaceAll('MUTATING', mutatingAdmission(releaseOf(record.kubernetes)) ?? '')
      .replaceAll('CERTIFICATE', await readFile(join(place.etc, 'pki/ca.crt'), 'base64')),
  )

  const wait = (fact: string, look: () => Promise<boolean>) => until(place, fact, 'kube-apiserver', look)
  const says = async (word: string, args: ReadonlyArray<string>, stdin?: string): Promise<boolean> => {
    const { stdout, stderr } = await kubectl([...args, '--dry-run=server'], stdin)
    return (stdout + stderr).includes(word)
  }
  const trial = (spec: object) => JSON.stringify(resource('GlobalNetworkPolicy', 'any', spec))
  const creating = ['create', '-o', 'json', '-f', '-']
  await wait('Calico is native', async () => (await kubectl(['apply', '-f', '-'], listOf(first))).code === 0)
  await wait('its tiers are guarded', () => says('cannot be deleted', ['delete', 'tier', 'default']))
  await wait('its policies are filled in', () => says('projectcalico.org/tier', creating, trial({})))
  await wait('its webhook answers', () => says('does not exist', creating, trial({ tier: 'nosuch' })))
}
