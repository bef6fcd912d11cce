import { podTransport } from './pod-transport.js'
import type { Settings } from './settings.js'
import type { Transport } from './transport.js'

/** The transport that the settings ask for. */
export const transportOf = (_settings: Settings): Transport => podTransport
