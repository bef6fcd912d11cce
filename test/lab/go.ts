import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Cached } from './cached.js'
import { must } from './command.js'
import { source } from './place.js'
import { say } from './say.js'

/** Programs to build from one Go module of ours, whose files pin all that goes into them. */
export interface Programs {
  readonly name: string
  /** The module's folder, from test/lab. */
  readonly module: string
  readonly packages: ReadonlyArray<string>
  /** Variables to set when linking. */
  readonly variables?: Readonly<Record<string, string>>
  /** The program's name where there is one package and Go would call it otherwise. */
  readonly program?: string
}

export const goEnvironment = { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false -trimpath' }

const contents = async (folder: string): Promise<ReadonlyArray<string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.sort().map((file) => readFile(file, 'utf8')))
}

/** The folder of the cache that has these programs. */
export const built = async (programs: Programs): Promise<Cached> => {
  const { name, module, packages, variables = {}, program = '' } = programs
  const cwd = join(source, module)
  const flags = ['-s', '-w', ...Object.entries(variables).map(([key, value]) => `-X ${key}=${value}`)].join(
    ' ',
  )
  return {
    name,
    inputs: [...(await contents(cwd)), ...packages, flags, program, process.arch],
    fill: (folder) => build({ name, cwd, packages, flags, output: `${folder}/${program}` }),
  }
}

const build = async (to: {
  readonly name: string
  readonly cwd: string
  readonly packages: ReadonlyArray<string>
  readonly flags: string
  readonly output: string
}): Promise<void> => {
  const options = { cwd: to.cwd, env: goEnvironment }
  say(`${to.name}: fetching Go modules`)
  const all = (await must('go', ['list', '-deps', ...to.packages], options)).trim().split('\n').length
  say(`${to.name}: building ${to.packages.map((path) => basename(path)).join(', ')}`)
  let compiled = 0
  const progress = setInterval(() => say(`${to.name}: compiled ${compiled} of ${all} Go packages`), 10_000)
  try {
    await must('go', ['build', '-v', '-ldflags', to.flags, '-o', to.output, ...to.packages], {
      ...options,
      onLine: (line) => {
        if (!line.startsWith('go: ')) compiled += 1
      },
    })
  } finally {
    clearInterval(progress)
  }
}
