import { stringify } from 'yaml'
import type { KubeObject } from '../../cluster/port.js'
import { calicoApiVersion } from './kind.js'

const listOf = (kind: string, items: ReadonlyArray<KubeObject>) => ({
  kind: `${kind}List`,
  apiVersion: calicoApiVersion,
  metadata: {},
  items,
})

const table = (objects: ReadonlyArray<KubeObject>): string => {
  const names = objects.map(({ metadata }) => metadata.name)
  const width = Math.max(4, ...names.map((name) => name.length))
  return `${['NAME', ...names].map((name) => `${name.padEnd(width)}   `).join('\n')}\n\n`
}

/** What `calicoctl get` prints: one resource by itself, or a list of a kind. */
export const printGet = (
  output: string,
  kind: string,
  objects: ReadonlyArray<KubeObject>,
  isList: boolean,
): string | undefined => {
  const shown = isList ? listOf(kind, objects) : objects.length === 1 ? objects[0] : objects
  if (output === 'json') return `${JSON.stringify(shown, null, 2)}\n`
  if (output === 'yaml' || output === 'yml') return stringify(shown, { version: '1.1', sortMapEntries: true })
  return output === 'ps' || output === 'wide' ? table(objects) : undefined
}
