import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensure } from '../../lab/cached.js'
import { must } from '../../lab/command.js'
import { built } from '../../lab/go.js'
import { placeOf } from '../../lab/place.js'

/** What Flux did to each object: `created`, `unchanged`, `configured`, `deleted`. */
export type Done = Readonly<Record<string, string>>

/** What was applied before, and what is to be there now. */
export interface Given {
  readonly former: string | undefined
  readonly wanted: string | undefined
}

/**
 * Flux's own library of server-side apply, as its kustomize-controller uses it: applies, waits until all is well, and deletes
 * what it had applied before and is not given any more.
 */
export const fluxFor = async (kubeconfig: string, name: string) => {
  const program = { name: 'flux', module: '../fleet/flux', packages: ['.'], program: 'flux' }
  const binary = join(await ensure(placeOf(), await built(program)), 'flux')
  return async ({ former, wanted }: Given): Promise<Done> => {
    const folder = await mkdtemp(join(tmpdir(), 'flux-'))
    try {
      const file = async (key: string, text: string | undefined): Promise<string> => {
        if (text === undefined) return '-'
        await writeFile(join(folder, key), text)
        return join(folder, key)
      }
      const files = [await file('former.yaml', former), await file('wanted.yaml', wanted)]
      return JSON.parse(await must(binary, [kubeconfig, name, 'flux-system', ...files]))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
