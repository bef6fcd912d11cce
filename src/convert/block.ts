import type { IPBlock } from '../model/kubernetes/kubernetes-network-policy.js'
import type { EntityRule } from '../model/policy/entity-rule.js'
import { parseNetwork, printNetwork } from '../net/ip-address.js'

/** The CIDR with its host bits zero; nothing for what is not a CIDR. */
export const toNet = (cidr: string): string | undefined => {
  const network = parseNetwork(cidr)
  return network === undefined ? undefined : printNetwork(network)
}

/** As Calico reads it: nothing of an invalid CIDR, and of the exceptions those before the first invalid one. */
export const blockNets = ({ cidr, except = [] }: IPBlock): Pick<EntityRule, 'nets' | 'notNets'> => {
  const net = toNet(cidr)
  if (net === undefined) return {}
  const nets = except.map(toNet)
  const bad = nets.indexOf(undefined)
  const notNets = nets.slice(0, bad < 0 ? nets.length : bad).filter((notNet) => notNet !== undefined)
  return { nets: [net], ...(notNets.length === 0 ? {} : { notNets }) }
}
