import fc from 'fast-check'
import { defined, metadata } from './metadata.js'
import { from, rarely } from './pool.js'
import { rule } from './rule.js'
import { goodSelector } from './selector.js'
import * as values from './values.js'

const apiVersion = 'projectcalico.org/v3'

const types = fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Ingress'], [])
const rules = (direction: 'ingress' | 'egress'): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 5, arbitrary: fc.array(rule(direction), { maxLength: 3 }) },
  )

const common = {
  order: rarely(from(values.float)),
  selector: fc.option(goodSelector, { nil: undefined }),
  types: fc.option(types, { nil: undefined }),
  serviceAccountSelector: rarely(goodSelector),
  performanceHints: rarely(
    fc.constantFrom(
      ['AssumeNeededOnEveryNode'],
      [],
      ['AssumeNeededOnEveryNode', 'AssumeNeededOnEveryNode'],
      ['x'],
    ),
  ),
  ingress: rules('ingress'),
  egress: rules('egress'),
}

/** What only acts on host endpoints: flags that go together, and some that do not. */
const hostFlags = rarely(
  fc.constantFrom(
    { applyOnForward: true },
    { applyOnForward: true, doNotTrack: true },
    { applyOnForward: true, preDNAT: true, egress: undefined, types: undefined },
    { applyOnForward: true, preDNAT: true, types: ['Ingress'] },
    { applyOnForward: true, preDNAT: false, doNotTrack: false },
    { doNotTrack: true },
    { preDNAT: true, egress: [] },
    { applyOnForward: true, doNotTrack: true, preDNAT: true },
  ),
)

/** Fields of other kinds or of later versions. */
const foreign = rarely(
  rarely(
    fc.constantFrom(
      { tier: 'default' },
      { stagedAction: 'Set' },
      { namespaceSelector: 'all()' },
      { podSelector: {} },
    ),
  ),
)

export const networkPolicy: fc.Arbitrary<object> = fc
  .record({ metadata: metadata(true, values.policyName), common: fc.record(common), foreign })
  .map(({ metadata, common, foreign }) => ({
    apiVersion,
    kind: 'NetworkPolicy',
    metadata,
    spec: defined({ ...common, ...foreign }),
  }))

export const globalNetworkPolicy: fc.Arbitrary<object> = fc
  .record({
    metadata: metadata(false, values.policyName),
    common: fc.record(common),
    namespaceSelector: rarely(goodSelector),
    hostFlags,
    foreign,
  })
  .map(({ metadata, common, namespaceSelector, hostFlags, foreign }) => ({
    apiVersion,
    kind: 'GlobalNetworkPolicy',
    metadata,
    spec: defined({ ...common, namespaceSelector, ...hostFlags, ...foreign }),
  }))
