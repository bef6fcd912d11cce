import { randomUUID } from 'node:crypto'
import type { KubeObject } from '../../port.js'
import { timestamp } from '../kinds/clock.js'
import { record } from '../kinds/json.js'
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
  const before = registry.store
    .list(types.events, namespace)
    .find(
      (one) =>
        record(one.involvedObject).uid === uid &&
        one.reason === event.reason &&
        one.message === event.message,
    )
  if (before !== undefined) {
    registry.update(types.events, { ...before, count: Number(before.count ?? 1) + 1, lastTimestamp: now })
    return
  }
  const suffix = randomUUID().replaceAll('-', '').slice(0, 16)
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
