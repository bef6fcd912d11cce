import { eq } from '../../selector/condition.js'
import type { SelectorInput } from '../stored.js'

/** The host endpoints that Calico makes of nodes by itself. */
export const automaticHostEndpoints = eq('projectcalico.org/created-by', 'calico-kube-controllers')

/** The name of a policy for hosts, and the host endpoints that it is for. */
export interface HostPolicyOptions {
  readonly name?: string
  /** The host endpoints it is for: those that Calico makes of nodes by itself. */
  readonly selector?: SelectorInput
}

/** A rule takes networks of one IP version only. */
export const byVersion = (nets: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  [nets.filter((net) => !net.includes(':')), nets.filter((net) => net.includes(':'))].filter(
    (those) => those.length > 0,
  )

/** A node asks itself by these, and an endpoint for all interfaces covers that, too. */
export const loopback = ['127.0.0.0/8', '::1/128']
