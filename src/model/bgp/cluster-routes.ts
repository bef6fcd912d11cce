import { type Codec, literalSince } from '../codec/codec.js'

/** Who programs the routes to other nodes' pods, where there is no VXLAN. The last two since Calico 3.33. */
export type ClusterRoutes = 'Enabled' | 'Disabled' | 'EnabledIPIPOnly' | 'EnabledNoEncapOnly'
export const ClusterRoutes: Codec<ClusterRoutes> = literalSince(['Enabled', 'Disabled'], {
  EnabledIPIPOnly: '3.33',
  EnabledNoEncapOnly: '3.33',
})
