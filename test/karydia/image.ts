import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archive } from '../lab/archive.js'
import { must } from '../lab/command.js'
import { importImages } from '../lab/import.js'
import { nodeLibraries } from '../lab/node-libraries.js'
import type { Place } from '../lab/place.js'

export const image = 'typed-calico.test/karydia-calico:1'

const example = 'examples/karydia'

/** What `render` prints for these values, as its user runs it: with tsx, on a file. */
export const render = async (folder: string, values: object): Promise<string> => {
  const file = join(folder, 'render.yaml')
  await writeFile(file, JSON.stringify(values))
  return must(process.execPath, ['--import', 'tsx', `${example}/src/main.ts`, 'render', file])
}

/** Builds the example as its Dockerfile does, but with this machine's node, and brings it into the lab. */
export const provideImage = async (place: Place): Promise<void> => {
  const folder = join(place.folder, 'karydia')
  const build = ['--config', `${example}/tsup.config.ts`, '--tsconfig', 'tsconfig.json', '--silent']
  const entry = `${example}/src/main.ts`
  try {
    await mkdir(folder, { recursive: true })
    await must('node_modules/.bin/tsup', [entry, ...build, '--out-dir', folder])
    const node = { name: image, binary: process.execPath, path: 'usr/bin/node' }
    const files = { ...(await nodeLibraries()), 'app/main.cjs': join(folder, 'main.cjs') }
    const config = { Entrypoint: ['/usr/bin/node', '/app/main.cjs'] }
    await archive('karydia-image', [], [{ ...node, files, config }]).fill(folder)
    await importImages(place, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
