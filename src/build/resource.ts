import type { GlobalMetadata } from '../model/meta/metadata.js'
import type { Kinds } from '../model/resource.js'
import { Manifest } from './manifest.js'

/** The kinds that have no builder of their own: their spec is written as a literal. */
export type LiteralKind =
  | 'IPPool'
  | 'IPReservation'
  | 'BGPConfiguration'
  | 'BGPPeer'
  | 'BGPFilter'
  | 'FelixConfiguration'
  | 'KubeControllersConfiguration'
  | 'Profile'
  | 'Node'

/** A resource of such a kind, with methods that return another. */
export class LiteralBuilder<K extends LiteralKind> extends Manifest<K, GlobalMetadata, Kinds[K]['spec']> {}

/**
 * A resource of one of the kinds that configure Calico itself.
 *
 * @example
 * resource('IPPool', 'pods', { cidr: '10.96.0.0/16', natOutgoing: true }).kind // => 'IPPool'
 */
export const resource = <K extends LiteralKind>(
  kind: K,
  name: string,
  spec: Kinds[K]['spec'],
): LiteralBuilder<K> => new LiteralBuilder(kind, { name }, spec)
