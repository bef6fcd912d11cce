import type { KubeObject } from '../../src/cluster/port.js'

const kept = 'projectcalico.org/metadata'

/** What a client sent: without what the server added, and without the time that Calico's client added. */
export const sent = ({ apiVersion, kind, metadata, spec }: KubeObject): object => {
  const { name, namespace, labels, annotations = {} } = metadata
  const text = (annotations[kept] ?? '').replace(/"creationTimestamp":"[^"]*",?/, '').replace(/,}$/, '}')
  return JSON.parse(
    JSON.stringify({
      apiVersion,
      kind,
      metadata: { name, namespace, labels, annotations: { ...annotations, [kept]: text } },
      spec,
    }),
  )
}

/** Without fields that are undefined, as JSON has it. */
export const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
