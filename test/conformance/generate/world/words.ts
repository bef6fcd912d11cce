import fc from 'fast-check'
import { split } from '../pool.js'

/** Each as likely to be absent as `times` to one. */
export const seldom = <A>(arbitrary: fc.Arbitrary<A>, times = 4): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Few words, so that what policies ask for and what a world has meet. */
export const namespaceNames = split('default|shop|zoo|alpha')
export const accountNames = split('default|sa1|sa2')
export const nodeNames = split('n1|n2')
export const serviceNames = split('web|dns')
export const portNames = split('http|dns|s-80')
export const ports: ReadonlyArray<number> = [22, 53, 80, 443, 2379, 8080, 65535]

const labelKeys = split('role|env|x.io/a')
/** Some that Calico sets, and tells from an author's own; by kind, not always. */
const claimedKeys = split(
  'pcns.env|pcsa.role|pcns.projectcalico.org/name|projectcalico.org/namespace|projectcalico.org/serviceaccount|projectcalico.org/orchestrator|projectcalico.org/name',
)
export const labelValues = split('web|api|db|we|a-b|Web|1|true|')

export const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('web', 'api') },
  { weight: 2, arbitrary: fc.constantFrom(...labelValues) },
)
export const key = fc.constantFrom(...labelKeys)
export const labels = fc.record({ role: value, env: value, 'x.io/a': value }, { requiredKeys: [] })
/** An object's own labels, now and then with some that are not its author's to give. */
const owned = (claimed: ReadonlyArray<string>) =>
  fc
    .tuple(
      labels,
      seldom(
        fc.dictionary(
          fc.constantFrom(...claimed),
          fc.oneof(value, fc.constantFrom(...namespaceNames, 'k8s')),
          { maxKeys: 2 },
        ),
        8,
      ),
    )
    .map(([own, more]) => ({ ...own, ...more }))

export const kubernetesLabels = owned(claimedKeys)
/** On its own resources, Calico refuses the label that names a namespace. */
export const calicoLabels = owned(claimedKeys.filter((it) => it !== 'projectcalico.org/namespace'))

export const nets: Readonly<Record<4 | 6, ReadonlyArray<string>>> = {
  4: split(
    '10.0.0.0/29|10.0.0.4/30|10.0.0.1/32|10.0.1.0/24|10.0.0.0/8|192.0.2.0/24|198.51.100.7/32|0.0.0.0/0|0.0.0.0/32',
  ),
  6: split('fd00::/120|fd00::2/128|fd00::4/126|2001:db8::/32|2606:4700::1/128|::/0|fd10::/16|FD00:0::/121'),
}

/** Ends that are nobody's: outside, and beside what nets and pods have. */
export const outside: Readonly<Record<4 | 6, ReadonlyArray<string>>> = {
  4: split('192.0.2.9|198.51.100.7|198.51.100.8|8.8.8.8|10.0.1.5|10.0.0.200|0.0.0.1|255.255.255.254'),
  6: split('2001:db8::5|2606:4700::1|fd00::99|fe00::1'),
}

export const someOf = <A>(items: ReadonlyArray<A>, maxLength = 2): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(fc.constantFrom(...items), { minLength: 1, maxLength })

/** JSON leaves out what is undefined. */
export const plain = <A>(value: A): A => JSON.parse(JSON.stringify(value))
