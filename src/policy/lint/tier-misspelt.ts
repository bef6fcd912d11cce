import { closest } from '../../model/closest.js'
import type { Rule } from './rule.js'

/** Those that Calico makes, in any of its releases. */
const builtIn = ['default', 'adminnetworkpolicy', 'baselineadminnetworkpolicy', 'kube-admin', 'kube-baseline']

export const tierMisspelt: Rule = {
  what: 'A policy is in a tier that is not among the resources, and is called nearly as one that is.',
  remedy: 'write the name of the tier as the tier has it',
  source: 'libcalico-go/lib/clientv3/networkpolicy.go, Create',
  find: ({ policies, tiers }) => {
    const known = [...tiers.keys(), ...builtIn]
    return policies.flatMap(({ index, tier }) => {
      const meant = known.includes(tier) ? undefined : closest(tier, known)
      if (meant === undefined) return []
      const message = `there is no tier ${JSON.stringify(tier)} among the resources`
      return [{ index, path: ['spec', 'tier'], message, hint: `did you mean ${JSON.stringify(meant)}?` }]
    })
  },
}
