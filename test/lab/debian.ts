import { existsSync } from 'node:fs'
import { must } from './command.js'
import { say } from './say.js'

/** Debian's packages, by a file that each of them brings. */
export type Packages = Readonly<Record<string, string>>

export const missing = (packages: Packages): ReadonlyArray<string> =>
  Object.entries(packages).flatMap(([file, name]) => (existsSync(file) ? [] : [name]))

export const canInstall = (): boolean => existsSync('/usr/bin/apt-get')

export const install = async (packages: Packages): Promise<void> => {
  const names = missing(packages)
  if (names.length === 0) return
  say(`installing Debian packages: ${names.join(', ')}`)
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } }
  await must('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update', '-qq'], options)
  await must(
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=300', 'install', '-qq', '--no-install-recommends', ...names],
    options,
  )
}
