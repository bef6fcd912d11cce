import { metadataNets } from 'typed-calico'
import { list, section, text, type Values } from './values.js'

export const levels = ['L1', 'L2', 'L3'] as const
export type Level = (typeof levels)[number]

export interface Inputs {
  readonly release: { readonly name: string; readonly namespace: string }
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
}

const known = [
  'mode',
  'image',
  'pullPolicy',
  'calicoctl',
  'version',
  'nodeCIDR',
  'clusterCIDR',
  'level',
].concat(['namespaces', 'metadataCIDRs', 'hostEndpoints', 'hostNetwork'])

/** Where the clouds of karydia's `config.cloudProvider` answer; of all of them where none is named. */
const metadataOf = (cloudProvider: string): ReadonlyArray<string> => {
  const [most, alibaba] = metadataNets.ipv4
  switch (cloudProvider.toLowerCase()) {
    case 'aws':
      return [most, ...metadataNets.ipv6]
    case 'azure':
    case 'gcp':
    case 'openstack':
      return [most]
    case 'alicloud':
      return [alibaba]
    case '':
      return [...metadataNets.ipv4, ...metadataNets.ipv6]
    default:
      throw new Error(
        `config.cloudProvider: ${cloudProvider} is none of AWS, Azure, GCP, OpenStack, AliCloud`,
      )
  }
}

const levelOf = (value: string): Level | undefined => {
  const level = levels.find((it) => it === value)
  if (value !== '' && level === undefined)
    throw new Error(`config.calico.level: ${value} is none of ${levels}`)
  return level
}

const present = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))

/** What Helm's values say. A firewall that guesses is none: what is missing or misspelt is thrown. */
export const inputsOf = (values: unknown): Inputs => {
  const [config, calico] = [section(values, 'config'), section(values, 'config', 'calico')]
  const [release, setup] = [section(values, 'release'), section(values, 'setup')]
  const unknown = Object.keys(calico).find((key) => !known.includes(key))
  if (unknown !== undefined) throw new Error(`config.calico.${unknown} is not known: ${known.join(', ')}`)
  const nodes = list(calico.nodeCIDR)
  if (nodes.length === 0) throw new Error('config.calico.nodeCIDR is missing: the addresses of the nodes')
  const level = levelOf(text(calico.level))
  const reconciled = section(values, 'features').defaultNetworkPolicy === true
  if (level !== undefined && reconciled) {
    throw new Error('config.calico.level and features.defaultNetworkPolicy: pods may do what either allows')
  }
  const [image, metadata] = [text(section(calico, 'calicoctl').image), list(calico.metadataCIDRs)]
  const namespace = text(release.namespace) || 'karydia'
  return {
    release: { name: text(release.name) || 'karydia', namespace },
    rbac:
      calico.mode === 'existing'
        ? { serviceAccount: `${text(release.account) || 'karydia'}-calicoctl` }
        : 'provision',
    calicoctl: { pullPolicy: 'IfNotPresent', ...(image === '' ? {} : { name: image }) },
    pod: present({
      tolerations: setup.tolerations,
      affinity: setup.affinity,
      priorityClassName: setup.priorityClassName,
      hostNetwork: calico.hostNetwork === true ? true : undefined,
    }),
    calico: text(calico.version),
    level,
    reconciled,
    nodes,
    cluster: list(calico.clusterCIDR),
    metadata: metadata.length > 0 ? metadata : metadataOf(text(config.cloudProvider)),
    except: [namespace, ...list(config.defaultNetworkPolicyExcludes)],
    namespaces: list(calico.namespaces),
    hostEndpoints: calico.hostEndpoints === true,
  }
}
