import { stringify } from 'yaml'
import type { KubeObject, ObjectList } from '../../cluster/port.js'
import { calicoApiVersion } from './kind.js'

/** What `calicoctl get` shows: all of a kind, or what was asked for by name. */
export type Shown = (ObjectList & { readonly kind: string }) | ReadonlyArray<KubeObject>

const isList = (shown: Shown): shown is ObjectList & { readonly kind: string } => 'items' in shown

const document = (shown: Shown): unknown => {
  if (!isList(shown)) return shown.length === 1 ? shown[0] : shown
  const { kind, resourceVersion, items } = shown
  return { kind: `${kind}List`, apiVersion: calicoApiVersion, metadata: { resourceVersion }, items }
}

const table = (objects: ReadonlyArray<KubeObject>): string => {
  const names = objects.map(({ metadata }) => metadata.name)
  const width = Math.max(4, ...names.map((name) => name.length))
  return `${['NAME', ...names].map((name) => `${name.padEnd(width)}   `).join('\n')}\n\n`
}

/** As `-o` says; undefined for an output that it does not know. */
export const printGet = (output: string, shown: Shown): string | undefined => {
  if (output === 'json') return `${JSON.stringify(document(shown), null, 2)}\n`
  if (output === 'yaml' || output === 'yml') {
    return stringify(document(shown), { version: '1.1', sortMapEntries: true })
  }
  if (output !== 'ps' && output !== 'wide') return undefined
  if (isList(shown)) return table(shown.items)
  return shown.length === 0 ? '' : table(shown)
}
