import { join } from 'node:path'
import { ensure } from '../lab/cached.js'
import { run } from '../lab/command.js'
import { built } from '../lab/go.js'
import { placeOf } from '../lab/place.js'
import { manifests } from '../lab/products.js'

const program = 'oracle'

export interface Built {
  readonly binary: string
  /** Calico's custom resource definitions: what an API server holds objects against. */
  readonly definitions: string
}

/** The oracle's binary; built (in about two minutes) when its sources have changed. */
export const buildOracle = async (): Promise<Built> => {
  const place = placeOf()
  const oracle = await built({ name: 'oracle', module: '../conformance/oracle', packages: ['.'], program })
  return {
    binary: join(await ensure(place, oracle), program),
    definitions: join(await ensure(place, await manifests()), 'crd'),
  }
}

/** Whether there is a Go toolchain to build with. */
export const hasGo = async (): Promise<boolean> => (await run('go', ['version'])).code === 0
