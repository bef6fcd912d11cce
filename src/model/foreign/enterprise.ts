/**
 * Kinds of `projectcalico.org/v3` that only Calico Enterprise and Calico Cloud have.
 *
 * **Source**: the reference of Calico Enterprise, "Resource definitions".
 */
export const enterpriseKinds: ReadonlySet<string> = new Set([
  'AlertException',
  'BFDConfiguration',
  'DeepPacketInspection',
  'EgressGatewayPolicy',
  'ExternalNetwork',
  'GlobalAlert',
  'GlobalAlertTemplate',
  'GlobalReport',
  'GlobalReportType',
  'GlobalThreatFeed',
  'LicenseKey',
  'ManagedCluster',
  'PacketCapture',
  'PolicyRecommendationScope',
  'RemoteClusterConfiguration',
  'SecurityEventWebhook',
  'UISettings',
  'UISettingsGroup',
])
