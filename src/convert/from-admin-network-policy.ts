import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Invalid, Issue } from '../error.js'
import { type Codec, decodeAs } from '../model/codec/codec.js'
import { isPlain } from '../model/codec/json.js'
import {
  type AdminEgressRule,
  type AdminIngressRule,
  AdminNetworkPolicy,
  type AdminPolicyPort,
  BaselineAdminNetworkPolicy,
} from '../model/kubernetes/admin-network-policy.js'
import type { GlobalNetworkPolicy } from '../model/policy/global-network-policy.js'
import { parsePort } from '../model/policy/port.js'
import type { Action } from '../model/policy/rule.js'
import {
  type ClusterPolicyOptions,
  type ConvertedPolicy,
  clusterPolicy,
  unlessLoose,
} from './cluster-policy.js'
import type { ClusterPort, ClusterRule } from './cluster-rules.js'

const source = 'libcalico-go/lib/backend/k8s/conversion/conversion.go'

/** To Calico, a port by name says nothing. */
const portOf = ({ portNumber, portRange }: AdminPolicyPort): ClusterPort => {
  if (portNumber !== undefined) return { protocol: portNumber.protocol ?? 'TCP', port: portNumber.port }
  if (portRange === undefined) return {}
  const { protocol = 'TCP', start, end } = portRange
  const port = parsePort(`${start}:${end}`)
  return port === undefined
    ? { protocol, fault: `the range ${start} to ${end} is empty` }
    : { protocol, port }
}

type AdminRule = AdminIngressRule<Action> | AdminEgressRule<Action>

const ruleOf = (rule: AdminRule): ClusterRule => ({
  name: rule.name,
  action: rule.action,
  ports: (rule.ports ?? []).map(portOf),
  peers: 'from' in rule ? rule.from : rule.to,
})

const namedPorts = (field: 'ingress' | 'egress', rules: ReadonlyArray<AdminRule>): ReadonlyArray<Issue> =>
  rules.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ namedPort, portNumber, portRange }, at): ReadonlyArray<Issue> => {
      if (namedPort === undefined || portNumber !== undefined || portRange !== undefined) return []
      return [
        {
          rule: 'cluster-policy-named-port',
          path: ['spec', field, index, 'ports', at, 'namedPort'],
          message: 'Calico does not read port names here: to it, the rule is about all protocols and ports',
          hint: 'name the port by its number',
          source,
        },
      ]
    }),
  )

type AdminPolicy = AdminNetworkPolicy | BaselineAdminNetworkPolicy

/** The order that Calico gives to the baseline policy, of which there is but one. */
const baselineOrder = 1000

/** What Calico makes of it; the issues say where it does not take it as it is. */
export const convertAdminNetworkPolicy = (value: unknown): E.Either<Invalid, ConvertedPolicy> => {
  const isBaseline = isPlain(value) && value.kind === 'BaselineAdminNetworkPolicy'
  const codec: Codec<AdminPolicy> = (
    isBaseline ? BaselineAdminNetworkPolicy : AdminNetworkPolicy
  ) as Codec<AdminPolicy>
  return pipe(
    decodeAs(codec, value),
    E.chain(({ metadata, spec }) => {
      const { subject, ingress = [], egress = [] } = spec
      return pipe(
        clusterPolicy({
          name: metadata.name,
          tier: isBaseline ? 'baselineadminnetworkpolicy' : 'adminnetworkpolicy',
          order: 'priority' in spec ? spec.priority : baselineOrder,
          subject,
          ingress: ingress.map(ruleOf),
          egress: egress.map(ruleOf),
          fields: { ports: 'ports', source },
        }),
        E.map(({ policy, issues }) => ({
          policy,
          issues: [...issues, ...namedPorts('ingress', ingress), ...namedPorts('egress', egress)],
        })),
      )
    }),
  )
}

/**
 * The policy that Calico 3.29 to 3.31 itself makes of a Kubernetes AdminNetworkPolicy (tier `adminnetworkpolicy`), and 3.30
 * and 3.31 of a BaselineAdminNetworkPolicy (tier `baselineadminnetworkpolicy`). The name stays; the order is the priority, or
 * 1000; one rule for each protocol and peer.
 *
 * Where Calico does not take it as it is, it is refused, unless `lenient`: peers by nodes or domain names (a rule that allows
 * them is left out, another denies everything), and ports by name (Calico takes them for all traffic).
 *
 * **Errors**: `Invalid`: as `decode`, and the above. **Source**: 3.31 `libcalico-go/lib/backend/k8s/conversion/conversion.go`.
 *
 * @example
 * fromAdminNetworkPolicy({
 *   apiVersion: 'policy.networking.k8s.io/v1alpha1',
 *   kind: 'AdminNetworkPolicy',
 *   metadata: { name: 'no-metadata' },
 *   spec: {
 *     priority: 10,
 *     subject: { namespaces: {} },
 *     egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }],
 *   },
 * }) // => Right, a GlobalNetworkPolicy of order 10 in the tier adminnetworkpolicy
 */
export const fromAdminNetworkPolicy = (
  value: unknown,
  options: ClusterPolicyOptions = {},
): E.Either<Invalid, GlobalNetworkPolicy> =>
  E.chain((converted: ConvertedPolicy) => unlessLoose(converted, options))(convertAdminNetworkPolicy(value))
