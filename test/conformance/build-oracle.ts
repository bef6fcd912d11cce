import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const sources = fileURLToPath(new URL('./oracle/', import.meta.url))

/** The path of the oracle's binary; builds it (about two minutes) when its sources have changed. */
export const buildOracle = async (): Promise<string> => {
  const folder = join(cacheHome(), 'typed-calico', `oracle-${await sourcesHash()}`)
  const binary = join(folder, 'oracle')
  if (await exists(binary)) return binary
  await mkdir(folder, { recursive: true })
  // Built aside and moved, so that a second process never starts half a binary.
  const half = join(folder, `building-${process.pid}`)
  await run('go', ['build', '-p', '2', '-trimpath', '-ldflags', '-s -w', '-o', half, '.'], {
    cwd: sources,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
  })
  await rename(half, binary)
  return binary
}

/** Whether there is a Go toolchain to build with. */
export const hasGo = (): Promise<boolean> =>
  run('go', ['version']).then(
    () => true,
    () => false,
  )

const cacheHome = (): string => process.env.XDG_CACHE_HOME || join(homedir(), '.cache')

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const sourcesHash = async (): Promise<string> => {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const name of (await readdir(sources)).sort()) {
    hash.update(`${name}\n`).update(await readFile(join(sources, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
