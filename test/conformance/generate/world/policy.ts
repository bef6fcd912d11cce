import fc from 'fast-check'
import { rule } from './rule.js'
import { accountSelector, namespaceSelector, selector } from './selector.js'
import { namespaceNames, seldom } from './words.js'

/** Names that sort otherwise with `default.` or `knp.default.` before them than without. */
export const policyName = fc.constantFrom('a', 'b', 'default', 'deny', 'knot', 'n-1', 'y', 'z', 'zz', 'zoo')
const namespace = fc.constantFrom(...namespaceNames)

/** Often equal, absent, or Kubernetes' own. */
const order = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 5, arbitrary: fc.constantFrom(-3, 1, 10, 10, 10.5, 100, 1000, 1000) },
)
const types = fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Ingress'], [])
const rules = (direction: 'ingress' | 'egress', global: boolean) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(undefined, []) },
    { weight: 6, arbitrary: fc.array(rule(direction, global), { minLength: 1, maxLength: 4 }) },
  )

const spec = (global: boolean) => ({
  order,
  selector: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(undefined, '', 'all()') },
    { weight: 4, arbitrary: selector },
  ),
  serviceAccountSelector: seldom(accountSelector, 6),
  types: fc.option(types, { nil: undefined }),
  ingress: rules('ingress', global),
  egress: rules('egress', global),
})

export const networkPolicy = fc
  .record({
    name: policyName,
    namespace,
    spec: fc.record(spec(false)),
    staged: seldom(fc.constant(true), 20),
  })
  .map(({ name, namespace, spec, staged }) => ({
    kind: staged ? 'StagedNetworkPolicy' : 'NetworkPolicy',
    metadata: { name, namespace },
    spec: staged ? { ...spec, stagedAction: 'Set' } : spec,
  }))

/** Whatever else it selects, a policy for pods says nothing of how hosts are to take it. */
export const globalNetworkPolicy = fc
  .record({
    name: policyName,
    spec: fc.record({ ...spec(true), namespaceSelector: seldom(namespaceSelector) }),
  })
  .map(({ name, spec }) => ({ kind: 'GlobalNetworkPolicy', metadata: { name }, spec }))

/** Flags that go together, and what may not stand beside them. */
const hostFlags = fc.constantFrom<object>(
  {},
  {},
  { applyOnForward: true },
  { applyOnForward: true },
  { applyOnForward: true, doNotTrack: true },
  { applyOnForward: true, doNotTrack: true },
  { applyOnForward: true, preDNAT: true, egress: undefined, types: ['Ingress'] },
  { applyOnForward: true, preDNAT: true, egress: undefined, types: undefined },
)

/** Most of them mean hosts; a namespaceSelector may take these too. */
const ofHosts = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.record({ selector: fc.constantFrom('has(host)', "host == 'web'", '!has(host)') }),
  },
  {
    weight: 2,
    arbitrary: fc.constant({
      selector: undefined,
      namespaceSelector: undefined,
      serviceAccountSelector: undefined,
    }),
  },
)

export const hostPolicy = fc
  .tuple(globalNetworkPolicy, ofHosts, hostFlags)
  .map(([policy, selectors, flags]) => ({ ...policy, spec: { ...policy.spec, ...selectors, ...flags } }))
