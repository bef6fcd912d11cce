import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensure } from './cached.js'
import { clientsOf } from './clients.js'
import { apiServerImage } from './images.js'
import { importImages } from './import.js'
import { alone } from './lock.js'
import type { Place } from './place.js'
import { calicoApiServer } from './products.js'
import type { Record } from './record.js'
import { until } from './until.js'

const namespace = 'calico-apiserver'

/** Adds Calico's API server to a lab that is up, by Calico's own manifest; `projectcalico.org/v3` works then. */
export const addApiServer = (place: Place, record: Record): Promise<void> =>
  alone(place.lock, async () => {
    const clients = clientsOf(place, record)
    const apply = async (manifest: string): Promise<void> => {
      const { code, stderr } = await clients.kubectl(['apply', '-f', '-'], manifest)
      if (code !== 0) throw new Error(`kubectl apply: ${stderr}`)
    }
    const served = async () =>
      (await clients.kubectl(['get', 'globalnetworkpolicies.projectcalico.org'])).code === 0
    if (await served()) return
    const program = await ensure(place, await calicoApiServer())
    await importImages(place, await ensure(place, apiServerImage(program)))
    const manifest = await readFile(join(record.folders.manifests, 'apiserver.yaml'), 'utf8')
    const pem = (name: string) => readFile(join(place.etc, 'pki', name), 'base64')
    const data = { 'apiserver.crt': await pem('server.crt'), 'apiserver.key': await pem('server.key') }
    const serving = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'calico-apiserver-certs', namespace }, data },
    ]
    await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: serving }))
    await apply(
      manifest
        .replace('periodSeconds: 60', 'periodSeconds: 1')
        .replace(
          '  group: projectcalico.org\n',
          `  group: projectcalico.org\n  caBundle: ${await pem('ca.crt')}\n`,
        ),
    )
    await until(place, "Calico's API server is ready", 'kube-apiserver', served)
  })
