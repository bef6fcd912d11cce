import type { Rule } from '../../model/policy/rule.js'
import type { CompiledRule } from '../compile/compiled-policy.js'
import { packetTest } from '../compile/packet-test.js'
import { endTest, testTable } from '../compile/test-table.js'
import type { PolicyWorld } from '../evaluate/policy-world.js'
import { requireObject } from '../world/given-arguments.js'
import { allOf, type Condition, negated } from './condition.js'
import { type OpenWorld, ruleCondition, tunnels } from './direction-chain.js'
import { endConditions } from './end-conditions.js'
import { budgetOf, type Candidate, firstConfirmed, intentMark, openWorlds } from './find-flow.js'
import type { FlowState } from './flow-state.js'
import type { Found, ProofOptions } from './proof.js'
import { allFlows } from './roots.js'
import { type Budget, decided } from './search.js'

/**
 * Flows in the words of a rule of a global policy: what is left out may be anything. Tunnels that pods make are not among
 * them, which Felix drops whatever policies say.
 */
export type Intent = Pick<
  Rule,
  'ipVersion' | 'protocol' | 'notProtocol' | 'icmp' | 'notICMP' | 'source' | 'destination'
>

/** Whether a flow is one of an intent; `undefined` where a selector or a network of it cannot be read. */
const intentCondition = (intent: Intent, world: PolicyWorld): Condition | undefined => {
  const tests = testTable()
  const source = endTest(tests, intent.source ?? {}, undefined, true)
  const destination = endTest(tests, intent.destination ?? {}, undefined, false)
  const isReadable = [source, destination].every(
    ({ scope, notScope, nets, notNets }) =>
      scope !== 'unreadable' &&
      notScope !== 'unreadable' &&
      nets?.isUnreadable !== true &&
      notNets?.isUnreadable !== true,
  )
  if (!isReadable) return undefined
  const rule: Rule = { action: 'Allow', ...intent }
  const compiled: CompiledRule = {
    id: 0,
    policy: 'the intent',
    tier: '',
    direction: 'Ingress',
    index: 0,
    action: 'Allow',
    source,
    destination,
    packet: packetTest(rule, { source, destination }, tests),
    rule,
  }
  const isMeant = ruleCondition(compiled, endConditions(world, { tests, mark: intentMark }), world)
  const isNoTunnel = negated(tunnels(world))
  return allOf([isMeant, (state) => (state.from.isPod ? isNoTunnel(state) : [{ state, holds: true }])])
}

function* denied(world: OpenWorld, states: ReadonlyArray<FlowState>, budget: Budget): Generator<Candidate> {
  for (const [chain, side] of [
    [world.ingress, 'to'],
    [world.egress, 'from'],
  ] as const) {
    const asked = states.filter((state) => state[side].isPod)
    for (const { state, answer } of decided(chain, asked, budget))
      if (answer === 'denied') yield { state, answers: ['denied'] }
  }
}

function* allowed(world: OpenWorld, states: ReadonlyArray<FlowState>, budget: Budget): Generator<Candidate> {
  for (const first of states) {
    const ways = first.to.isPod
      ? decided(world.ingress, [first], budget)
      : [{ state: first, answer: 'allowed' as const }]
    for (const { state: passed, answer } of ways) {
      if (answer !== 'allowed') continue
      if (!passed.from.isPod) yield { state: passed, answers: ['allowed'] }
      else
        for (const way of decided(world.egress, [passed], budget))
          if (way.answer === 'allowed') yield { state: way.state, answers: ['allowed'] }
    }
  }
}

/** A flow of an intent that is denied, or one that is allowed. */
export const findInIntent = (
  world: PolicyWorld,
  intent: Intent,
  decision: 'allowed' | 'denied',
  options: ProofOptions = {},
): Found => {
  requireObject(
    intent,
    'an intent',
    'write it as a rule without its action: { source, destination, protocol }',
  )
  requireObject(options, 'options of a proof', "write them as { over: 'given' }, or leave them out")
  const budget = budgetOf(options)
  const [open] = openWorlds([world])
  const isMeant = intentCondition(intent, world)
  if (open === undefined || isMeant === undefined)
    return { _tag: 'Unknown', why: ['what a selector or a network of the intent means: it cannot be read'] }
  const states = allFlows([world], options.over ?? 'everything').flatMap((state) =>
    isMeant(state).flatMap((way) => (way.holds ? [way.state] : [])),
  )
  const candidates = decision === 'denied' ? denied(open, states, budget) : allowed(open, states, budget)
  return firstConfirmed([world], candidates, budget)
}
