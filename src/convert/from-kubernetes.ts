import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { check } from '../check/check.js'
import { type Invalid, type Issue, unlessIssues } from '../error.js'
import { decodeAs } from '../model/codec/codec.js'
import { isPlain } from '../model/codec/json.js'
import { total, unreadable } from '../model/codec/total.js'
import {
  KubernetesNetworkPolicy,
  type KubernetesRules,
} from '../model/kubernetes/kubernetes-network-policy.js'
import type { NetworkPolicy } from '../model/policy/network-policy.js'
import type { PolicyType } from '../model/policy/policy.js'
import { egressRules, ingressRules } from './rules.js'
import { podSelector } from './selector.js'
import { unsupported } from './unsupported.js'
import { widenings } from './widenings.js'

const isList = (value: unknown): boolean =>
  Array.isArray(value) || (isPlain(value) && typeof value.kind === 'string' && value.kind.endsWith('List'))

/** What is to be said of several policies, where one is expected: the fields would say it four times, and no remedy. */
const notOne = (value: unknown): Issue | undefined =>
  isList(value)
    ? {
        rule: 'kubernetes-list',
        path: Array.isArray(value) ? [] : ['kind'],
        message: 'this is a list, and fromKubernetes converts one policy',
        hint: 'convert its items one by one; the command `typed-calico convert` takes lists',
      }
    : undefined

/** The order that Calico gives to all of Kubernetes' policies. */
const order = 1000

/** Calico takes a policy without either type for Ingress. */
const typesOf = (given: ReadonlyArray<string>): ReadonlyArray<PolicyType> => {
  const types = (['Ingress', 'Egress'] as const).filter((type) => given.includes(type))
  return types.length === 0 ? ['Ingress'] : types
}

/** As the API server fills them in: Egress, too, where there are egress rules. */
const defaultTypes = ({ egress = [] }: KubernetesRules): ReadonlyArray<PolicyType> =>
  egress.length === 0 ? ['Ingress'] : ['Ingress', 'Egress']

const withTypes = (policy: KubernetesNetworkPolicy): KubernetesNetworkPolicy =>
  (policy.spec.policyTypes ?? []).length > 0
    ? policy
    : { ...policy, spec: { ...policy.spec, policyTypes: defaultTypes(policy.spec) } }

const convert = ({ metadata, spec }: KubernetesNetworkPolicy): NetworkPolicy => {
  const ingress = (spec.ingress ?? []).flatMap(ingressRules)
  const egress = (spec.egress ?? []).flatMap(egressRules)
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: {
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    },
    spec: {
      order,
      selector: podSelector(spec.podSelector),
      types: typesOf(spec.policyTypes ?? []),
      ...(ingress.length === 0 ? {} : { ingress }),
      ...(egress.length === 0 ? {} : { egress }),
    },
  }
}

const one = (value: unknown): E.Either<Invalid, unknown> => {
  const issue = total(() => notOne(value), unreadable)
  return unlessIssues(issue === undefined ? [] : [issue], value)
}

/** How strictly a policy is converted, and for which Calico. */
export interface ConvertOptions {
  /** Whether to convert as `calicoctl convert` does, even where the result allows more; keys in any case, too. */
  readonly lenient?: boolean
  /** The Calico to check the result for; 3.28, whose conversion this is, by default. */
  readonly calico?: string
}

/**
 * The Calico policy that Calico itself makes of a Kubernetes NetworkPolicy: `calicoctl convert` does the same. Name
 * and namespace stay; labels and annotations go; the order is 1000.
 *
 * Where `calicoctl convert` would silently allow more than the policy says (it takes an invalid CIDR for "from
 * anyone"), it is refused; `lenient` takes it as Calico does. A policy without `policyTypes` gets those that the API
 * server fills in: Ingress, and Egress where it has egress rules; with `lenient`, Ingress alone, as `calicoctl convert`
 * has it. A list is refused: convert its items one by one.
 *
 * **Errors**: `Invalid`: as `decode`; what cannot be said in Calico's terms; and as `check`, for Calico 3.28 unless
 * `calico` says otherwise. **Source**: `libcalico-go/lib/backend/k8s/conversion/conversion.go`.
 *
 * @example
 * fromKubernetes({
 *   apiVersion: 'networking.k8s.io/v1',
 *   kind: 'NetworkPolicy',
 *   metadata: { name: 'web', namespace: 'shop' },
 *   spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
 * }) // => Right, with the selector projectcalico.org/orchestrator == 'k8s' && app == 'web'
 */
export const fromKubernetes = (
  value: unknown,
  { lenient = false, calico = '3.28' }: ConvertOptions = {},
): E.Either<Invalid, NetworkPolicy> =>
  pipe(
    one(value),
    E.chain((policy) => decodeAs(KubernetesNetworkPolicy, policy, { lenient: lenient && 'keys' })),
    E.chain((policy) =>
      unlessIssues([...unsupported(policy), ...(lenient ? [] : widenings(policy))], policy),
    ),
    E.map((policy) => convert(lenient ? policy : withTypes(policy))),
    E.chain((policy) => check(policy, { calico })),
  )
