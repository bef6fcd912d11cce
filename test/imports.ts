import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** The TypeScript files below a folder. */
export const typescript = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => join(folder, file))

/** The folder or file of src that a path belongs to; of test, the one that it mirrors. */
export const layerOf = (file: string): string => {
  const [, first = ''] = file.split('/')
  return first.replace(/\.ts$/, '')
}

export interface Import {
  readonly from: string
  readonly to: string
}

/** What a file imports: paths of this repository, and names of packages. */
export const importsOf = (file: string): ReadonlyArray<Import> =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map(([, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? normalize(join(dirname(file), to.replace(/\.js$/, '.ts'))) : to,
  }))
