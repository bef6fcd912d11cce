import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { archive } from '../../lab/archive.js'
import { importImages } from '../../lab/import.js'
import { nodeLibraries } from '../../lab/node-libraries.js'
import type { Place } from '../../lab/place.js'

export const image = `typed-calico.test/typed-calico:${process.pid}`
export const command = ['/usr/bin/node', '/app/dist/cli/main.mjs']

/** An image with this machine's node and the command in one file, brought into the lab. */
export const provideImage = async (place: Place): Promise<void> => {
  const folder = join(place.folder, `fleet-${process.pid}`)
  const outfile = join(folder, 'main.mjs')
  try {
    await mkdir(folder, { recursive: true })
    await build({
      entryPoints: ['src/cli/main.ts'],
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      outfile,
      // What modules need that are CommonJS.
      banner: {
        js: "import { createRequire as requiring } from 'node:module'; const require = requiring(import.meta.url);",
      },
      logLevel: 'error',
    })
    const files = {
      ...(await nodeLibraries()),
      'app/dist/cli/main.mjs': outfile,
      'app/package.json': 'package.json',
    }
    const node = { name: image, binary: process.execPath, path: 'usr/bin/node' }
    await archive('fleet-image', [], [{ ...node, files, config: { Entrypoint: command } }]).fill(folder)
    await importImages(place, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
