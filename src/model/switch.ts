import { type Codec, literal } from './codec.js'

/** How Calico's newer fields say on and off. */
export type Switch = 'Enabled' | 'Disabled'
export const Switch: Codec<Switch> = literal('Enabled', 'Disabled')
