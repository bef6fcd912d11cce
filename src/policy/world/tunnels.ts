import type { Rule } from '../../model/policy/rule.js'
import type { Resource } from '../../model/resource.js'

/** What Felix does with the tunnels of nodes before it asks a host endpoint, as rules. */
export interface Tunnels {
  /** Between nodes: let through, both ways. */
  readonly ofNodes: ReadonlyArray<Rule>
  /** From others: dropped, but for WireGuard, which knows its peers by their keys. */
  readonly fromOthers: ReadonlyArray<Rule>
  readonly toOthers: ReadonlyArray<Rule>
}

const ipInIp = 4

/**
 * The tunnels that pools and Felix's configuration switch on.
 *
 * **Source**: `felix/rules/static.go`, filterInputChain and filterOutputChain; `felix/calc/encapsulation_resolver.go`.
 */
export const tunnelsOf = (resources: ReadonlyArray<Resource>): Tunnels => {
  const found = resources.find((it) => it.kind === 'FelixConfiguration' && it.metadata.name === 'default')
  const felix = found?.kind === 'FelixConfiguration' ? found.spec : {}
  const pools = resources.flatMap((it) => (it.kind === 'IPPool' ? [it.spec] : []))
  const isOn = (mode: string | undefined): boolean => mode !== undefined && mode !== 'Never'
  const hasVXLAN = (ipVersion: 4 | 6): boolean =>
    felix.vxlanEnabled ??
    pools.some(({ cidr = '', vxlanMode }) => isOn(vxlanMode) && cidr.includes(':') === (ipVersion === 6))
  const isIPIP = felix.ipipEnabled ?? pools.some(({ ipipMode }) => isOn(ipipMode))
  const udp = (ipVersion: 4 | 6, port: number): Rule => ({
    action: 'Allow',
    ipVersion,
    protocol: 'UDP',
    destination: { ports: [port] },
  })
  const encapsulated: ReadonlyArray<Rule> = [
    ...(isIPIP ? [{ action: 'Allow', ipVersion: 4, protocol: ipInIp } as const] : []),
    ...([4, 6] as const).flatMap((version) =>
      hasVXLAN(version) ? [udp(version, felix.vxlanPort ?? 4789)] : [],
    ),
  ]
  const wireguard = [
    ...(felix.wireguardEnabled ? [udp(4, felix.wireguardListeningPort ?? 51820)] : []),
    ...(felix.wireguardEnabledV6 ? [udp(6, felix.wireguardListeningPortV6 ?? 51821)] : []),
  ]
  return {
    ofNodes: [...encapsulated, ...wireguard],
    fromOthers: [...encapsulated.map((rule): Rule => ({ ...rule, action: 'Deny' })), ...wireguard],
    toOthers: wireguard,
  }
}
