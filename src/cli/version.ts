import { readFileSync } from 'node:fs'

/** The version of this package: in the folder above `cli/`, in the sources and in what is built from them, it has its package.json. */
export const version = (): string => {
  const found: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown'
}
