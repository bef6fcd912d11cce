import { join } from 'node:path'
import { archive, type Image, sha256 } from './archive.js'
import type { Cached } from './cached.js'
import { must } from './command.js'
import { calicoVersion, otherCalicoVersion } from './products.js'

export const pauseImage = 'typed-calico.test/pause:1'
export const probeImage = 'typed-calico.test/probe:1'
export const busyboxImage = 'docker.io/library/busybox:1.35'

const calicoctl = (version: string, folder: string): Image => ({
  name: `docker.io/calico/ctl:v${version}`,
  binary: join(folder, 'calicoctl'),
  path: 'usr/bin/calicoctl',
  config: { Entrypoint: ['/usr/bin/calicoctl'] },
})

/** The images that are in a lab from its start. */
export const images = async (
  folders: Readonly<Record<'calico' | 'otherCalicoctl' | 'probe', string>>,
): Promise<Cached> => {
  const busybox = '/bin/busybox'
  const links = (await must(busybox, ['--list'])).split('\n').filter((name) => name && name !== 'busybox')
  const probe = { binary: join(folders.probe, 'probe'), path: 'probe' }
  return archive(
    'images',
    [await sha256(busybox)],
    [
      calicoctl(calicoVersion, folders.calico),
      calicoctl(otherCalicoVersion, folders.otherCalicoctl),
      { ...probe, name: pauseImage, config: { Entrypoint: ['/probe', 'pause'] } },
      { ...probe, name: probeImage, config: { Entrypoint: ['/probe'] } },
      { name: busyboxImage, binary: busybox, path: 'bin/busybox', links, config: { Cmd: ['sh'] } },
    ],
  )
}

/** Calico's API server, where its manifest expects it. */
export const apiServerImage = (folder: string): Cached =>
  archive(
    'apiserver-image',
    [],
    [
      {
        name: `docker.io/calico/apiserver:v${calicoVersion}`,
        binary: join(folder, 'apiserver'),
        path: 'code/apiserver',
        workingDirectory: '/code',
        config: { Entrypoint: ['/code/apiserver'] },
      },
    ],
  )
