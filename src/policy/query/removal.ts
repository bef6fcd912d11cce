import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, type Issue, unlessIssues } from '../../error.js'
import { closest } from '../../model/codec/closest.js'
import { isKind } from '../../model/kind.js'
import { printId, printResource } from '../../model/resource-id.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { isClusterPolicyKind } from '../world/cluster-policy-kinds.js'
import { isMaker } from '../world/workload-template.js'

/** So many names are compared letter by letter. */
const mostCompared = 20_000

const called = (kind: string, names: Iterable<string>): ReadonlyArray<string> =>
  [...names].map((name) => `${kind}(${name})`)

/** All that a change can take away, by kind and name. */
const removable = ({ policies, parts }: PolicyWorld): ReadonlySet<string> =>
  new Set([
    ...policies.byName.keys(),
    ...[...parts.tiers, ...parts.others].map(printResource),
    ...called('Pod', parts.pods.keys()),
    ...called('Pod', parts.hostPods.keys()),
    ...called('Node', parts.nodes.keys()),
    ...called('Namespace', parts.namespaces.keys()),
    ...called('ServiceAccount', parts.serviceAccounts?.keys() ?? []),
    ...(parts.slices ?? []).map(({ metadata: { namespace, name = '' } }) =>
      printId({ kind: 'EndpointSlice', namespace, name }),
    ),
    ...(parts.passedOver ?? []).flatMap(({ resource }) => resource ?? []),
  ])

const kindOf = (name: string): string | undefined => /^(\w+)\(.+\)$/.exec(name)?.[1]

const ofKubernetes = [
  'KubernetesNetworkPolicy',
  'Pod',
  'Node',
  'Namespace',
  'ServiceAccount',
  'EndpointSlice',
]

/** Whether something of the kind would be there if it had been given. Of workloads that is a pod. */
const hasSay = (kind: string, staged: boolean): boolean =>
  kind.startsWith('Staged') && isKind(kind)
    ? staged
    : isKind(kind) || isClusterPolicyKind(kind) || isMaker(kind) || ofKubernetes.includes(kind)

const inParentheses = (name: string): string => name.slice(name.indexOf('(') + 1, -1)

/** What was probably meant: another kind, a name without its kind, or another spelling. */
const meant = (there: ReadonlyArray<string>, text: string): string | undefined => {
  const kind = kindOf(text)
  const name = kind === undefined ? text : inParentheses(text)
  const alike = there.filter((it) => inParentheses(it) === name)
  const other =
    kind === undefined || isMaker(kind)
      ? alike[0]
      : alike.find((it) => closest(kind, [kindOf(it) ?? '']) !== undefined)
  const spelt = kind === undefined ? there : there.filter((it) => kindOf(it) === kind)
  return other ?? closest(text, spelt.slice(0, mostCompared))
}

const isForeign = (kind: string | undefined, staged: boolean): boolean =>
  kind !== undefined && !hasSay(kind, staged)

const issueOf = (names: ReadonlySet<string>, text: string, staged: boolean): ReadonlyArray<Issue> => {
  const kind = kindOf(text)
  const there = [...names]
  const found = meant(there, text)
  // What has no say may be there: nobody has looked.
  if (found === undefined && isForeign(kind, staged)) return []
  const example = there.find((it) => kindOf(it) === kind) ?? there[0] ?? 'NetworkPolicy(shop/api)'
  return [
    {
      rule: 'no-such-resource',
      path: ['remove'],
      message: `the world has no ${text || '""'}`,
      hint: found === undefined ? `write it as ${example}` : `did you mean ${found}?`,
    },
  ]
}

/** Those of the names that the world has, of policies quickly. */
export const thoseThere = (world: PolicyWorld, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const others = names.some((it) => !world.policies.byName.has(it)) ? removable(world) : undefined
  return others === undefined ? names : names.filter((it) => others.has(it))
}

/** The names, where the world has all of them; otherwise an issue for each that it has not. */
export const checkRemoval = (
  world: PolicyWorld,
  names: ReadonlyArray<string>,
  staged: boolean,
): E.Either<Invalid, ReadonlyArray<string>> => {
  const there = new Set(thoseThere(world, names))
  const missing = names.filter((it) => !there.has(it))
  if (missing.length === 0) return E.right(names)
  const all = removable(world)
  const unread = world.parts.unread ?? []
  const asked = missing.filter((it) => !unread.includes(kindOf(it) ?? ''))
  return unlessIssues(
    asked.flatMap((it) => issueOf(all, it, staged)),
    names,
  )
}
