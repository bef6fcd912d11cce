import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cached } from './cached.js'
import { must } from './command.js'
import { calicoVersion, otherCalicoVersion } from './products.js'
import { say } from './say.js'

export const pauseImage = 'typed-calico.test/pause:1'
export const probeImage = 'typed-calico.test/probe:1'
export const busyboxImage = 'docker.io/library/busybox:1.35'

/** An image of one layer, with one static binary in it and links to that. */
interface Image {
  readonly name: string
  readonly binary: string
  readonly path: string
  readonly links?: ReadonlyArray<string>
  readonly config: { readonly Entrypoint: ReadonlyArray<string> } | { readonly Cmd: ReadonlyArray<string> }
}

const imagesOf = (
  folders: Readonly<Record<'calico' | 'otherCalicoctl' | 'probe', string>>,
  busybox: string,
  applets: ReadonlyArray<string>,
): ReadonlyArray<Image> => {
  const calicoctl = (version: string, folder: string): Image => ({
    name: `docker.io/calico/ctl:v${version}`,
    binary: join(folder, 'calicoctl'),
    path: 'usr/bin/calicoctl',
    config: { Entrypoint: ['/usr/bin/calicoctl'] },
  })
  const probe = { binary: join(folders.probe, 'probe'), path: 'probe' }
  return [
    calicoctl(calicoVersion, folders.calico),
    calicoctl(otherCalicoVersion, folders.otherCalicoctl),
    { ...probe, name: pauseImage, config: { Entrypoint: ['/probe', 'pause'] } },
    { ...probe, name: probeImage, config: { Entrypoint: ['/probe'] } },
    { name: busyboxImage, binary: busybox, path: 'bin/busybox', links: applets, config: { Cmd: ['sh'] } },
  ]
}

const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

const pack = (folder: string, file: string, names: ReadonlyArray<string>) =>
  must('tar', ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '-C', folder, '-cf', file, ...names])

/** Writes an image's layer and config into `folder`, and answers its entry in the archive's manifest. */
const writeImage = async (folder: string, index: number, image: Image) => {
  const root = join(folder, `root-${index}`)
  const binary = join(root, image.path)
  await mkdir(dirname(binary), { recursive: true })
  await cp(image.binary, binary, { dereference: true })
  for (const link of image.links ?? []) await symlink(`/${image.path}`, join(dirname(binary), link))
  const layer = `layer-${index}.tar`
  await pack(root, join(folder, layer), ['.'])
  await rm(root, { recursive: true })
  const config = `config-${index}.json`
  await writeFile(
    join(folder, config),
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { ...image.config, Env: ['PATH=/usr/bin:/bin:/'] },
      rootfs: { type: 'layers', diff_ids: [`sha256:${await sha256(join(folder, layer))}`] },
    }),
  )
  return { Config: config, RepoTags: [image.name], Layers: [layer] }
}

/** All images of the lab, in one archive `images.tar` in Docker's format. */
export const images = async (
  folders: Readonly<Record<'calico' | 'otherCalicoctl' | 'probe', string>>,
): Promise<Cached> => {
  const busybox = '/bin/busybox'
  const applets = (await must(busybox, ['--list'])).split('\n').filter((name) => name && name !== 'busybox')
  return {
    name: 'images',
    inputs: [JSON.stringify(imagesOf(folders, await sha256(busybox), applets))],
    fill: async (folder) => {
      say('images: packing')
      const list = imagesOf(folders, busybox, applets)
      const manifest = await Promise.all(list.map((image, index) => writeImage(folder, index, image)))
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
      const parts = manifest.flatMap(({ Config, Layers }) => [Config, ...Layers])
      await pack(folder, join(folder, 'images.tar'), ['manifest.json', ...parts])
      await Promise.all(['manifest.json', ...parts].map((name) => rm(join(folder, name))))
    },
  }
}
