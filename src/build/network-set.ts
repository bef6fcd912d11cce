import type { GlobalMetadata, NamespacedMetadata } from '../model/meta/metadata.js'
import type { NetworkSetSpec } from '../model/policy/network-set.js'
import { Manifest, type Metadata } from './manifest.js'

class Nets<K extends string, M extends Metadata> extends Manifest<K, M, NetworkSetSpec> {
  /** With these CIDRs and addresses after those it has. */
  nets(...nets: ReadonlyArray<string>): this {
    return this.with({ nets: [...(this.spec.nets ?? []), ...nets] })
  }
}

/** A NetworkSet with methods that return another. */
export class NetworkSetBuilder extends Nets<'NetworkSet', NamespacedMetadata> {}

/** A GlobalNetworkSet with methods that return another. */
export class GlobalNetworkSetBuilder extends Nets<'GlobalNetworkSet', GlobalMetadata> {}

/**
 * Nets that rules of its namespace select by its labels, as if they were endpoints.
 *
 * @example
 * networkSet('office', 'shop').labels({ zone: 'office' }).nets('192.0.2.0/24').spec // => { nets: ['192.0.2.0/24'] }
 */
export const networkSet = (name: string, namespace: string): NetworkSetBuilder =>
  new NetworkSetBuilder('NetworkSet', { name, namespace }, {})

/**
 * Nets that rules select by its labels, as if they were endpoints. In a NetworkPolicy, the rule also needs
 * `namespaceSelector: 'global()'`.
 *
 * @example
 * globalNetworkSet('office').labels({ zone: 'office' }).nets('192.0.2.0/24').spec // => { nets: ['192.0.2.0/24'] }
 */
export const globalNetworkSet = (name: string): GlobalNetworkSetBuilder =>
  new GlobalNetworkSetBuilder('GlobalNetworkSet', { name }, {})
