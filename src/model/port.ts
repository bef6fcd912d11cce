import { anyOf, type Codec, number, string } from './codec.js'

/**
 * A port of TCP, UDP or SCTP: a number from 1 to 65535, a range `'min:max'`, or the name of a port of the endpoint.
 *
 * **Source**: `api/pkg/lib/numorstring/port.go`.
 */
export type Port = number | string
export const Port: Codec<Port> = anyOf(number, string)
