import { type Hosts, hostsOf } from './hosts.js'
import { metadataOf } from './metadata.js'
import { ownerOf, type Release } from './owner.js'
import { list, section, text, type Values } from './values.js'

export const levels = ['L1', 'L2', 'L3'] as const
export type Level = (typeof levels)[number]

/** Who brings the policies to the cluster: the Runner, in two ways; calicoctl; helm; Open Cluster Management. */
export const modes = ['runner', 'provision', 'existing', 'rendered', 'storage', 'manifestwork'] as const
export type Mode = (typeof modes)[number]

export interface Inputs {
  readonly release: Release
  readonly mode: Mode
  /** With `manifestwork`: the managed cluster, as the hub calls it. */
  readonly managed: string
  /** Whose the policies are. */
  readonly owner: string
  /** Does `provision` the account of calicoctl's pod, or name one that exists. */
  readonly rbac: 'provision' | { readonly serviceAccount: string }
  readonly calicoctl: { readonly name?: string; readonly pullPolicy?: 'IfNotPresent' }
  readonly pod: object
  /** Calico's version, for `render`; on a cluster that of the cluster counts. */
  readonly calico: string
  readonly level: Level | undefined
  /** Whether karydia's own controller gives every namespace a Kubernetes policy. */
  readonly reconciled: boolean
  readonly nodes: ReadonlyArray<string>
  readonly cluster: ReadonlyArray<string>
  readonly metadata: ReadonlyArray<string>
  /** Namespaces to leave alone, beside the cluster's own. */
  readonly except: ReadonlyArray<string>
  /** L3 only: the namespaces whose pods talk among themselves; those of the cluster where there are none. */
  readonly namespaces: ReadonlyArray<string>
  readonly hostEndpoints: boolean
  readonly hosts: Hosts
}

const known = new Set(
  'mode owner image calicoctl version cluster nodeCIDR clusterCIDR metadataCIDRs level namespaces hostEndpoints hosts hostNetwork'.split(
    ' ',
  ),
)

const levelOf = (value: string): Level | undefined => {
  const level = levels.find((it) => it === value)
  if (value !== '' && level === undefined)
    throw new Error(`config.calico.level: ${value} is none of ${levels}`)
  return level
}

const modeOf = (value: string): Mode => {
  const mode = modes.find((it) => it === (value || 'runner'))
  if (mode === undefined) throw new Error(`config.calico.mode: ${value} is none of ${modes}`)
  return mode
}

const podOf = (calico: Values, { tolerations, affinity, priorityClassName }: Values): object => {
  const given = { tolerations, affinity, priorityClassName, hostNetwork: calico.hostNetwork === true }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => Boolean(value)))
}

/** What Helm's values say. A firewall that guesses is none: what is missing or misspelt is thrown. */
export const inputsOf = (values: unknown): Inputs => {
  const [config, calico] = [section(values, 'config'), section(values, 'config', 'calico')]
  const release = section(values, 'release')
  const unknown = Object.keys(calico).find((key) => !known.has(key))
  if (unknown !== undefined)
    throw new Error(`config.calico.${unknown} is not known: ${[...known].join(', ')}`)
  const nodes = list(calico.nodeCIDR)
  if (nodes.length === 0) throw new Error('config.calico.nodeCIDR is missing: the addresses of the nodes')
  const level = levelOf(text(calico.level))
  const reconciled = section(values, 'features').defaultNetworkPolicy === true
  if (level !== undefined && reconciled) {
    throw new Error('config.calico.level and features.defaultNetworkPolicy: pods may do what either allows')
  }
  const [image, metadata] = [text(section(calico, 'calicoctl').image), list(calico.metadataCIDRs)]
  const name = text(release.name) || 'karydia'
  const namespace = text(release.namespace) || 'karydia'
  const calicoctl = `${text(release.account) || 'karydia'}-calicoctl`
  const mode = modeOf(text(calico.mode))
  return {
    release: { name, namespace },
    mode,
    managed: text(calico.cluster),
    owner: text(calico.owner) || ownerOf({ name, namespace }),
    rbac: mode === 'existing' ? { serviceAccount: calicoctl } : 'provision',
    calicoctl: { pullPolicy: 'IfNotPresent', ...(image === '' ? {} : { name: image }) },
    pod: podOf(calico, section(values, 'setup')),
    calico: text(calico.version),
    level,
    reconciled,
    nodes,
    cluster: list(calico.clusterCIDR),
    metadata: metadata.length > 0 ? metadata : metadataOf(text(config.cloudProvider)),
    except: [namespace, ...list(config.defaultNetworkPolicyExcludes)],
    namespaces: list(calico.namespaces),
    hostEndpoints: calico.hostEndpoints === true,
    hosts: hostsOf(calico),
  }
}
