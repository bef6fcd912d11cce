import type { Manifest, World } from './flow-case.js'

/** A port as Felix's parameters have it: `tcp:22`, `udp:0.0.0.0/0:53`, `tcp:[fd00::/64]:80`. */
const portOf = (text: string): object => {
  const [, protocol, net, port] = /^(\w+):(?:\[?([^\]]*[./:][^\]]*?)\]?:)?(\d+)$/.exec(text) ?? []
  if (protocol === undefined) throw new Error(`no failsafe port: ${text}`)
  return { protocol: protocol.toUpperCase(), port: Number(port), ...(net === undefined ? {} : { net }) }
}

const portsOf = (text: string | undefined): ReadonlyArray<object> | undefined =>
  text === undefined ? undefined : text === 'none' ? [] : text.split(',').map(portOf)

const actions: Readonly<Record<string, string>> = { DROP: 'Drop', ACCEPT: 'Accept', RETURN: 'Return' }

/** A world's parameters of Felix as a resource; none where it has none, or a resource of its own. */
export const felixOf = ({ config = {}, resources }: World): ReadonlyArray<Manifest> => {
  if (Object.keys(config).length === 0 || resources.some(({ kind }) => kind === 'FelixConfiguration'))
    return []
  const spec = {
    defaultEndpointToHostAction: actions[config.DefaultEndpointToHostAction ?? ''],
    failsafeInboundHostPorts: portsOf(config.FailsafeInboundHostPorts),
    failsafeOutboundHostPorts: portsOf(config.FailsafeOutboundHostPorts),
  }
  return [
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'FelixConfiguration',
      metadata: { name: 'default' },
      spec: JSON.parse(JSON.stringify(spec)),
    },
  ]
}
