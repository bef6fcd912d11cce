import { join } from 'node:path'
import type { Test } from 'uvu'
import { hasGo } from '../conformance/build-oracle.js'
import { ensure } from '../lab/cached.js'
import type { Place } from '../lab/place.js'
import { helm } from '../lab/products.js'

/** The lab's helm, built when first asked for. */
export const helmProgram = async (place: Place): Promise<string> =>
  join(await ensure(place, await helm()), 'helm')

/** Declares tests that need helm and no cluster: skipped where there is no Go to build it with, but a failure with CI=true. */
export const helmTests = async (tests: Test): Promise<(name: string, test: () => Promise<void>) => void> => {
  if (await hasGo()) return tests
  if (process.env.CI === 'true') throw new Error('helm is built with Go, and `go` is not on the PATH.')
  console.log('skipped for want of Go: helm is built with it, and `go` is not on the PATH')
  return (name) => tests.skip(name, () => {})
}
