import { localTransport } from '../calicoctl/local-transport.js'
import { podTransport } from '../pod/pod-transport.js'
import type { Settings } from '../settings.js'
import { apiTransport } from '../write/api-transport.js'
import type { Transport } from '../write/transport.js'

/** The transport that the settings ask for. */
export const transportOf = ({ transport }: Settings): Transport => {
  if (transport === 'pod') return podTransport
  return transport === 'api' ? apiTransport : localTransport(transport.calicoctl)
}
