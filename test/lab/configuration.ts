import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { must } from './command.js'
import type { Network } from './network.js'
import { type Place, source } from './place.js'
import { calicoVersion } from './products.js'

const template = async (name: string, values: Readonly<Record<string, string>>): Promise<string> => {
  const text = await readFile(join(source, 'etc', name), 'utf8')
  return text.replace(/\$\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
}

/** Who talks to the API server, and as whom: by a token of its own, made anew at each start. */
const users: Readonly<Record<string, { readonly user: string; readonly group: string }>> = {
  admin: { user: 'admin', group: 'system:masters' },
  calico: { user: 'calico', group: 'system:masters' },
  'controller-manager': { user: 'system:kube-controller-manager', group: '' },
  kubelet: { user: 'system:node:lab', group: 'system:nodes' },
  proxy: { user: 'system:kube-proxy', group: '' },
  scheduler: { user: 'system:kube-scheduler', group: '' },
}

const kubeconfig = (address: string, ca: string, user: string, token: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'typed-calico-lab',
    contexts: [{ name: 'typed-calico-lab', context: { cluster: 'lab', user } }],
    clusters: [
      { name: 'lab', cluster: { server: `https://${address}:6443`, 'certificate-authority-data': ca } },
    ],
    users: [{ name: user, user: { token } }],
  })

const writeKubeconfigs = async (place: Place, network: Network): Promise<void> => {
  const ca = await readFile(join(place.etc, 'pki/ca.crt'), 'base64')
  const tokens = await Promise.all(
    Object.entries(users).map(async ([name, { user, group }]) => {
      const token = randomUUID()
      const file = name === 'admin' ? place.kubeconfig : join(place.etc, `${name}.kubeconfig`)
      await writeFile(file, kubeconfig(network.address, ca, name, token), { mode: 0o600 })
      return `${token},${user},${user},"${group}"\n`
    }),
  )
  await writeFile(join(place.etc, 'tokens.csv'), tokens.join(''), { mode: 0o600 })
}

/** Writes all that the lab's components read into `place.etc`, and the kubeconfig of its admin. */
export const configure = async (place: Place, network: Network): Promise<void> => {
  await mkdir(join(place.etc, 'pki'), { recursive: true, mode: 0o700 })
  await mkdir(join(place.etc, 'net.d'))
  await must('sh', [join(source, 'etc/pki.sh'), network.address], { cwd: join(place.etc, 'pki') })
  await writeKubeconfigs(place, network)
  for (const file of ['containerd.toml', 'kubelet.yaml', 'inside.sh']) {
    await copyFile(join(source, 'etc', file), join(place.etc, file))
  }
  await writeFile(
    join(place.etc, 'net.d/10-calico.conflist'),
    await template('calico.conflist', { ...network }),
  )
  const cluster = await template('cluster.json', { calico: calicoVersion, guid: randomUUID() })
  await writeFile(join(place.etc, 'cluster.json'), cluster)
}
