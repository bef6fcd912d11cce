import { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { type Invalid, invalid } from '../../error.js'
import { closest } from '../../model/codec/closest.js'
import { type CompiledWorld, insideOf } from '../../policy/compiled-world.js'
import { namedPeer } from '../../policy/query/named-peer.js'
import type { SelectedPeers } from '../../policy/query/peers-of.js'
import type { SelectingPolicy } from '../../policy/query/policies-of.js'
import { exitCodes } from '../exit-code.js'
import { badUsage } from '../failure.js'
import { type WorldOptions, worldOf } from '../input/world.js'
import { ofWorld } from '../settings/world-group.js'
import { out } from '../terminal.js'
import { act } from './act.js'
import { output } from './option.js'
import { calicoOfWorld, worldInputs } from './world-option.js'

interface SelectOptions extends WorldOptions {
  readonly selector?: string
  readonly policy?: string
  readonly pod?: string
  readonly output: 'text' | 'json'
}

const titles = {
  pods: 'pods',
  hostEndpoints: 'host endpoints',
  networkSets: 'network sets',
  perhaps: 'perhaps, by what is not given',
} as const

const printPeers = (peers: SelectedPeers): string =>
  (['pods', 'hostEndpoints', 'networkSets', 'perhaps'] as const)
    .flatMap((list) =>
      peers[list].length === 0 ? [] : [`${titles[list]}:`, ...peers[list].map((name) => `  ${name}`)],
    )
    .join('\n') || 'nothing'

const printPolicies = (policies: ReadonlyArray<SelectingPolicy>): string =>
  policies
    .map(
      ({ policy, tier, types, certain }) =>
        `${policy}, tier ${tier}, ${types.join(' and ')}${certain ? '' : ' (perhaps)'}`,
    )
    .join('\n') || 'no policy'

const policyNamed = (world: CompiledWorld, text: string): E.Either<Invalid, SelectedPeers> => {
  const found = world.peersOfPolicy(text)
  if (found !== undefined) return E.right(found)
  const names = insideOf(world).policies.tiers.flatMap(({ policies }) => policies.map(({ name }) => name))
  const meant = names.find((it) => it.includes(text)) ?? closest(text, names)
  const hint =
    meant === undefined ? 'write it with its kind, as NetworkPolicy(shop/api)' : `did you mean ${meant}?`
  return E.left(invalid([{ rule: 'no-such-policy', path: [], message: `there is no policy ${text}`, hint }]))
}

const select = act(async (unwrap, inputs: ReadonlyArray<string>, options: SelectOptions) => {
  const { selector, policy, pod } = options
  if ([selector, policy, pod].filter((it) => it !== undefined).length !== 1)
    return unwrap(
      E.left(badUsage('select answers one question', 'pass one of --selector, --policy and --pod')),
    )
  const world = await unwrap(worldOf(inputs, options))
  const isJson = options.output === 'json'
  if (pod !== undefined) {
    const policies = world.policiesOf(await unwrap(namedPeer(insideOf(world), pod)))
    out(isJson ? JSON.stringify({ pod, policies }, undefined, 2) : printPolicies(policies))
    return exitCodes.ok
  }
  const peers = await unwrap(
    selector === undefined ? policyNamed(world, policy ?? '') : world.peersOf(selector),
  )
  out(isJson ? JSON.stringify({ selector, policy, ...peers }, undefined, 2) : printPeers(peers))
  return exitCodes.ok
})

export const selectCommand = (): Command =>
  ofWorld(
    new Command('select')
      .summary('say what a selector or a policy selects')
      .description(
        'Says what a selector finds, what a policy applies to, or which policies select a pod, in the order in which they are asked.',
      )
      .addArgument(worldInputs())
      .option('--selector <text>', "a selector, such as role == 'api'")
      .option('--policy <name>', 'a policy, such as NetworkPolicy(shop/api)')
      .option('--pod <name>', 'a pod or workload, such as shop/api'),
  )
    .addOption(calicoOfWorld())
    .addOption(output('text', 'json'))
    .action(select)
