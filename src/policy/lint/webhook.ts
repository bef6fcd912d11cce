import { isPlain } from '../../model/codec/json.js'
import { addressValue } from '../../net/cidr.js'
import { protocolNumber } from '../../net/protocol-number.js'
import { deniedBy } from './denied-by.js'
import { controlPlane } from './host/cut-off.js'
import type { GivenPod } from './lint-world.js'
import type { ResourceSet } from './resource-set.js'
import type { Remark, Rule } from './rule.js'
import { appliesTo, knownLabelsOf } from './subject.js'

interface Webhook {
  readonly service: string
  readonly port: number
  readonly pods: ReadonlyArray<GivenPod>
}

const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** The services that the API server calls. */
const called = ({ world }: ResourceSet): ReadonlyArray<{ readonly key: string; readonly port: number }> => {
  const hooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
    (world.manifests.get(kind) ?? []).flatMap((it) =>
      list((it as unknown as { readonly webhooks?: unknown }).webhooks).map((hook) =>
        isPlain(hook) && isPlain(hook.clientConfig) ? hook.clientConfig.service : undefined,
      ),
    ),
  )
  const apis = (world.manifests.get('APIService') ?? []).map(({ spec = {} }) => spec.service)
  return [...hooks, ...apis].flatMap((service) =>
    isPlain(service) && typeof service.namespace === 'string' && typeof service.name === 'string'
      ? [
          {
            key: `${service.namespace}/${service.name}`,
            port: typeof service.port === 'number' ? service.port : 443,
          },
        ]
      : [],
  )
}

/** The pods behind them, and the port that they are called at, where that is a number. */
const webhooks = (set: ResourceSet): ReadonlyArray<Webhook> =>
  called(set).flatMap(({ key, port }) => {
    const service = (set.world.manifests.get('Service') ?? []).find(
      ({ metadata }) => `${metadata.namespace ?? 'default'}/${metadata.name}` === key,
    )
    const { selector, ports } = service?.spec ?? {}
    if (service === undefined || !isPlain(selector) || Object.keys(selector).length === 0) return []
    const entry = list(ports).find((it) => isPlain(it) && it.port === port)
    const target = isPlain(entry) ? (entry.targetPort ?? entry.port) : undefined
    if (typeof target !== 'number') return []
    const pods = set.world.pods.filter(
      (pod) =>
        pod.namespace === (service.metadata.namespace ?? 'default') &&
        !pod.isOnHostNetwork &&
        Object.entries(selector).every(([name, value]) => pod.labels[name] === value),
    )
    return [{ service: key, port: target, pods }]
  })

export const webhookCutOff: Rule = {
  what: 'Policies deny what the API server sends to a webhook or an API of the cluster, from an address of its node: by a tunnel, it comes from the address of the tunnel.',
  remedy:
    'allow ingress to the port, before any policy denies it, from the nets of the nodes and of their tunnels (an IPPool), or from host endpoints by a selector',
  source: 'felix/rules/static.go',
  report: 'https://github.com/projectcalico/calico/issues/7242',
  world: 'webhooks or APIServices, services, pods, and the nodes of the control plane',
  find: (set) => {
    const servers = controlPlane(set).flatMap((name) => set.world.nodes.get(name) ?? [])
    if (servers.length === 0) return []
    const told = new Map<string, Remark>()
    for (const { service, port, pods } of webhooks(set)) {
      for (const pod of pods) {
        const applies = appliesTo(knownLabelsOf(pod, set.world))
        const among = set.policiesIn(pod.namespace)
        // What a node sends to its own pods is never asked.
        for (const ip of servers.flatMap(({ name, ips }) => (name === pod.node ? [] : ips))) {
          const address = addressValue(ip)
          if (address === undefined) continue
          const source = { address, isNobodys: false }
          const traffic = { protocol: protocolNumber('TCP'), port, source }
          const [first] = deniedBy(set, { direction: 'Ingress', traffic, among, applies })
          const key = `${first?.policy.index} ${service}`
          if (first === undefined || told.has(key)) continue
          const message = `the API server at ${ip} cannot reach ${service}, which it calls at TCP ${port} of its pods`
          const path = ['spec', 'ingress', ...(first.rule === undefined ? [] : [first.rule])]
          told.set(key, { index: first.policy.index, path, message })
        }
      }
    }
    return [...told.values()]
  },
}
