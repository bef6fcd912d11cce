import { apiTransport } from './api-transport.js'
import { localTransport } from './local-transport.js'
import { podTransport } from './pod-transport.js'
import type { Settings } from './settings.js'
import type { Transport } from './transport.js'

/** The transport that the settings ask for. */
export const transportOf = ({ transport }: Settings): Transport => {
  if (transport === 'pod') return podTransport
  return transport === 'api' ? apiTransport : localTransport(transport.calicoctl)
}
