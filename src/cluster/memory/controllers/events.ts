import { createHash } from 'node:crypto'
import type { KubeObject } from '../../port.js'
import { timestamp } from '../kinds/clock.js'
import { types } from '../kinds/served-type.js'
import type { Registry } from '../registry/registry.js'

interface Happening {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component: string
}

/** Records an event about the object; the same one again only counts up. */
export const recordEvent = (
  registry: Registry,
  about: KubeObject,
  { component, ...event }: Happening,
): void => {
  const { name, namespace = 'default', uid } = about.metadata
  const now = timestamp(registry.clock.now())
  // Named by what it says, so that the same one again is found without a look at all others.
  const said = JSON.stringify([uid, event.reason, event.message])
  const suffix = createHash('sha256').update(said).digest('hex').slice(0, 16)
  const before = registry.store.get(types.events, namespace, `${name}.${suffix}`)
  if (before !== undefined) {
    registry.update(types.events, { ...before, count: Number(before.count ?? 1) + 1, lastTimestamp: now })
    return
  }
  registry.create(types.events, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${suffix}`, namespace },
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid },
    ...event,
    count: 1,
    firstTimestamp: now,
    lastTimestamp: now,
    source: { component },
  })
}
