import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'uvu'
import { must } from '../lab/command.js'
import { canInstall, install, type Packages } from '../lab/debian.js'

const debian = '/usr/bin/chromium'
const packages: Packages = { [debian]: 'chromium' }

/** Debian's, or the one that GitHub's machines have. */
const path = [debian, '/usr/bin/google-chrome'].find((file) => existsSync(file)) ?? debian

/** Why there is no browser here, in a line; undefined where it is, or can be installed. */
const obstacle = (): string | undefined => {
  if (existsSync(path)) return undefined
  if (!canInstall()) return `${path} is missing, and there is no apt-get to install it`
  return process.getuid?.() === 0 ? undefined : `${path} is missing, and only root may install it`
}

/** Says nothing to its maker, and finds no host but this one. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

/** The page's document as it is when it has loaded. */
export const domOf = async (url: string, ...more: ReadonlyArray<string>): Promise<string> => {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'))
  const own = [`--user-data-dir=${profile}`, '--timeout=20000', '--dump-dom']
  try {
    return await must(path, [...flags, ...own, ...more, url])
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Declares tests that need a browser: skipped where there is none, but a failure with CI=true. */
export const browserTests = async (
  tests: Test,
): Promise<(name: string, test: () => Promise<void>) => void> => {
  const reason = obstacle()
  if (reason === undefined) {
    if (!existsSync(path)) await install(packages)
    return tests
  }
  if (process.env.CI === 'true') throw new Error(reason)
  console.log(`skipped for want of a browser: ${reason}`)
  return (name) => tests.skip(name, () => {})
}
