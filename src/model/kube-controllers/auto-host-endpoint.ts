import { type Codec, list, object, optional, string } from '../codec/codec.js'
import { StringMap } from '../meta/metadata.js'
import { Switch } from '../meta/scalars.js'

/** Makes a host endpoint for the node's interfaces and addresses that match. Since Calico 3.30. */
export interface HostEndpointTemplate {
  readonly generateName?: string
  readonly interfaceCIDRs?: ReadonlyArray<string>
  /** As a regular expression. Since Calico 3.32. */
  readonly interfacePattern?: string
  readonly labels?: StringMap
  /** Since Calico 3.33. */
  readonly annotations?: StringMap
  readonly nodeSelector?: string
}

const HostEndpointTemplate: Codec<HostEndpointTemplate> = object<HostEndpointTemplate>('Template', {
  generateName: optional(string),
  interfaceCIDRs: optional(list(string)),
  interfacePattern: optional(string, '3.32'),
  labels: optional(StringMap),
  annotations: optional(StringMap, '3.33'),
  nodeSelector: optional(string),
})

/** Host endpoints that Calico makes and keeps by itself. */
export interface AutoHostEndpointConfig {
  /** `Disabled` by default. */
  readonly autoCreate?: Switch
  /** `Enabled` by default. Since Calico 3.30. */
  readonly createDefaultHostEndpoint?: Switch
  /** Since Calico 3.30. */
  readonly templates?: ReadonlyArray<HostEndpointTemplate>
}

export const AutoHostEndpointConfig: Codec<AutoHostEndpointConfig> = object<AutoHostEndpointConfig>(
  'AutoHostEndpointConfig',
  {
    autoCreate: optional(Switch),
    createDefaultHostEndpoint: optional(Switch, '3.30'),
    templates: optional(list(HostEndpointTemplate), '3.30'),
  },
)
