import type {
  AutoHostEndpointConfig,
  HostEndpointTemplate,
} from '../../model/kube-controllers/auto-host-endpoint.js'
import type {
  ControllersConfig,
  KubeControllersConfiguration,
  KubeControllersConfigurationSpec,
  NodeControllerConfig,
} from '../../model/kube-controllers/kube-controllers-configuration.js'
import { api, client } from '../engine/calico-source.js'
import { all, type Constraint, each, fields, rule, unless } from '../engine/constraint.js'
import { quoted } from '../engine/quoted.js'
import { goRegexp } from '../value/go-regexp.js'
import { labels, metadata } from '../value/metadata.js'
import { looseNet } from '../value/net.js'
import { anySelector } from '../value/selector.js'
import { numberFrom, unlessEmpty } from '../value/text-number-list.js'

const onlyDefault: Constraint<KubeControllersConfiguration> = rule(
  {
    name: 'kube-controllers-name',
    what: 'A KubeControllersConfiguration is not named "default".',
    remedy: 'name it "default": there can be only one',
    source: client('kubecontrollersconfig.go, Create'),
  },
  ({ metadata: { name } }, { command }) =>
    unless(name === 'default' || command === 'replace', () => ({
      at: ['metadata', 'name'],
      message: `the name is ${quoted(name)}, not "default"`,
    })),
)

const syncLabels: Constraint<string> = rule(
  {
    name: 'sync-labels',
    what: 'syncLabels is Disabled, but with the Kubernetes datastore node labels are always synchronised.',
    remedy: 'remove syncLabels',
    source: 'libcalico-go/lib/backend/k8s/resources/kubecontrollersconfig.go, Validate',
  },
  (value) => unless(value !== 'Disabled', () => ({ message: 'syncLabels is Disabled' })),
)

const template: Constraint<HostEndpointTemplate> = fields<HostEndpointTemplate>({
  interfaceCIDRs: each(looseNet),
  interfacePattern: unlessEmpty(goRegexp),
  labels,
  nodeSelector: unlessEmpty(anySelector),
})

export const kubeControllersConfiguration: Constraint<KubeControllersConfiguration> = all(
  fields<KubeControllersConfiguration>({
    metadata,
    spec: fields<KubeControllersConfigurationSpec>({
      debugProfilePort: numberFrom(0, 65_535, {
        source: api('kubecontrollersconfig.go'),
        since: '3.32',
        by: 'API server',
      }),
      controllers: fields<ControllersConfig>({
        node: fields<NodeControllerConfig>({
          syncLabels,
          hostEndpoint: fields<AutoHostEndpointConfig>({ templates: each(template) }),
        }),
      }),
    }),
  }),
  onlyDefault,
)
