import { join } from 'node:path'
import { ensure } from '../lab/cached.js'
import { run } from '../lab/command.js'
import { built } from '../lab/go.js'
import { placeOf } from '../lab/place.js'

const program = 'oracle'

/** The path of the oracle's binary; builds it (about two minutes) when its sources have changed. */
export const buildOracle = async (): Promise<string> => {
  const oracle = await built({ name: 'oracle', module: '../conformance/oracle', packages: ['.'], program })
  return join(await ensure(placeOf(), oracle), program)
}

/** Whether there is a Go toolchain to build with. */
export const hasGo = async (): Promise<boolean> => (await run('go', ['version'])).code === 0
