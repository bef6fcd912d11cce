import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cached } from './cached.js'
import { must } from './command.js'
import { say } from './say.js'

/** An image of one layer, with one binary in it, links to that, and what else it needs. */
export interface Image {
  readonly name: string
  readonly binary: string
  readonly path: string
  readonly links?: ReadonlyArray<string>
  /** More files, by their paths in the image: a dynamically linked binary's libraries. */
  readonly files?: Readonly<Record<string, string>>
  readonly workingDirectory?: string
  readonly config: { readonly Entrypoint: ReadonlyArray<string> } | { readonly Cmd: ReadonlyArray<string> }
}

export const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

const pack = (folder: string, file: string, names: ReadonlyArray<string>) =>
  must('tar', ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '-C', folder, '-cf', file, ...names])

/** Writes an image's layer and config into `folder`, and answers its entry in the archive's manifest. */
const writeImage = async (folder: string, index: number, image: Image) => {
  const root = join(folder, `root-${index}`)
  const binary = join(root, image.path)
  for (const [path, file] of Object.entries({ ...image.files, [image.path]: image.binary })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await cp(file, join(root, path), { dereference: true })
  }
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
      config: {
        ...image.config,
        Env: ['PATH=/usr/bin:/bin:/'],
        WorkingDir: image.workingDirectory ?? '/',
      },
      rootfs: { type: 'layers', diff_ids: [`sha256:${await sha256(join(folder, layer))}`] },
    }),
  )
  return { Config: config, RepoTags: [image.name], Layers: [layer] }
}

/** Images that containerd can import: `images.tar` in Docker's format. */
export const archive = (
  name: string,
  inputs: ReadonlyArray<string>,
  images: ReadonlyArray<Image>,
): Cached => ({
  name,
  inputs: [JSON.stringify(images), ...inputs],
  fill: async (folder) => {
    say(`${name}: packing`)
    const manifest = await Promise.all(images.map((image, index) => writeImage(folder, index, image)))
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
    const parts = manifest.flatMap(({ Config, Layers }) => [Config, ...Layers])
    await pack(folder, join(folder, 'images.tar'), ['manifest.json', ...parts])
    await Promise.all(['manifest.json', ...parts].map((part) => rm(join(folder, part))))
  },
})
