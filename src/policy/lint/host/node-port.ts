import { isPlain } from '../../../model/codec/json.js'
import { protocolNumber } from '../../../net/protocol-number.js'
import { and } from '../../../selector/combination.js'
import { mayMatch } from '../../../selector/satisfiable.js'
import { endOf, type Policy, type ResourceSet } from '../resource-set.js'
import type { Rule } from '../rule.js'
import { ofHosts, subjectOf } from '../subject.js'
import { isForNodes, isForward } from './host-policy.js'

interface NodePort {
  readonly service: string
  readonly protocol: number
  readonly port: number
}

const nodePorts = ({ world }: ResourceSet): ReadonlyArray<NodePort> =>
  (world.manifests.get('Service') ?? []).flatMap(({ metadata, spec = {} }) =>
    (Array.isArray(spec.ports) ? spec.ports : []).flatMap((it: unknown): ReadonlyArray<NodePort> => {
      if (!isPlain(it) || typeof it.nodePort !== 'number' || it.nodePort === 0) return []
      const name = it.protocol === 'UDP' || it.protocol === 'SCTP' ? it.protocol : 'TCP'
      const service = `${metadata.namespace ?? 'default'}/${metadata.name}`
      return [{ service, protocol: protocolNumber(name), port: it.nodePort }]
    }),
  )

/** Whether some policy is asked about what is sent to node ports: before it is turned to a pod, or when it is forwarded. */
const isGuarded = (policy: Policy, { policies }: ResourceSet): boolean => {
  const subject = subjectOf(policy, 'hosts')
  return policies.some(
    (other) =>
      other.isEnforced &&
      (other.phase !== 'normal' || isForward(other)) &&
      other.sides.some(({ direction }) => direction === 'Ingress') &&
      (subject === undefined ||
        other.endpoints === undefined ||
        mayMatch(and(subject, ofHosts(other.endpoints)))),
  )
}

export const nodePortOpen: Rule = {
  what: 'A policy denies what comes to nodes, and the node ports of services stay open: what is sent to them is turned to a pod first, and forwarded.',
  remedy:
    'say what may reach node ports in a policy with preDNAT and applyOnForward, before their translation',
  source: 'felix/rules/static.go, StaticManglePreroutingChain and filterInputChain',
  report: 'https://github.com/projectcalico/calico/issues/8109',
  world: 'services',
  find: (set) => {
    const ports = nodePorts(set)
    const [first] = ports
    if (first === undefined) return []
    return set.policies.flatMap((policy) => {
      const { index, phase, isEnforced, sides, tier } = policy
      const side = sides.find(({ direction }) => direction === 'Ingress')
      if (phase !== 'normal' || !isEnforced || side === undefined || endOf(set, tier) !== 'Deny') return []
      if (!isForNodes(policy, set)) return []
      if (isForward(policy) || isGuarded(policy, set)) return []
      const more = ports.length === 1 ? '' : ` and ${ports.length - 1} more`
      const message = `node port ${first.port} of the service ${first.service}${more} stays open to all: this policy is not asked about it`
      return [{ index, path: ['spec', side.field], message }]
    })
  },
}
