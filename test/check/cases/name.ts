import { type Case, globalPolicy, named, networkPolicy, of } from './case.js'

const tier = of('Tier')
const long = (length: number): string => 'x'.repeat(length)

export const cases: ReadonlyArray<Case> = [
  {
    rule: 'name-format',
    fact: 'a name with a capital',
    refuses: named('Web'),
    takes: named('web'),
    at: 'metadata.name',
  },
  { rule: 'name-format', fact: 'a name with an underscore', refuses: named('a_b'), takes: named('a-b') },
  { rule: 'name-format', fact: 'a name that ends with a hyphen', refuses: named('a-'), takes: named('a') },
  { rule: 'name-format', fact: 'an empty name', refuses: named(''), takes: named('0') },
  {
    rule: 'name-format',
    fact: 'a dot at the end, also where dots may be',
    refuses: of('NetworkSet')({}, { name: 'a.' }),
    takes: of('NetworkSet')({}, { name: 'a.b.c' }),
  },
  {
    rule: 'name-too-long',
    fact: 'a name of 254 characters',
    refuses: of('GlobalNetworkSet')({}, { name: long(254) }),
    takes: of('GlobalNetworkSet')({}, { name: long(253) }),
  },
  {
    rule: 'name-too-long',
    fact: 'a tier of 64 characters',
    calico: '3.29',
    refuses: tier({}, { name: long(64) }),
    takes: tier({}, { name: long(63) }),
  },
  {
    rule: 'name-dots',
    fact: 'a dot in a policy before 3.29',
    refuses: named('a.b'),
    takes: named('default.b'),
    takesIn: '3.29',
  },
  {
    rule: 'name-dots',
    fact: 'two dots in a policy',
    calico: '3.32',
    refuses: named('a.b.c'),
    takes: named('a.b'),
  },
  {
    rule: 'name-dots',
    fact: 'a dot in a global policy before 3.29',
    refuses: globalPolicy({}, { name: 'ossg.default.a' }),
    takes: named('ossg.default.a.b'),
  },
  {
    rule: 'name-dots',
    fact: 'a dot in a tier',
    calico: '3.30',
    refuses: tier({}, { name: 'a.b' }),
    takes: tier({}, { name: 'a-b' }),
  },
  {
    rule: 'name-tier-prefix',
    fact: 'a policy that is not named after its tier, in 3.29 to 3.31',
    calico: '3.31',
    refuses: networkPolicy({ tier: 'ops' }),
    takes: networkPolicy({ tier: 'ops' }, { name: 'ops.a' }),
  },
  {
    rule: 'name-tier-prefix',
    fact: "another tier's name in the default tier, up to 3.31",
    calico: '3.29.0',
    refuses: named('ops.a'),
    takes: named('ops.a'),
    takesIn: '3.32',
  },
  {
    rule: 'name-tier-prefix',
    fact: 'a tier without its name before the policy, which 3.32 takes',
    calico: '3.30',
    refuses: globalPolicy({ tier: 'ops' }),
    takes: globalPolicy({ tier: 'ops' }),
    takesIn: '3.32.0',
  },
  {
    rule: 'name-of-kubernetes-policy',
    fact: "Calico's name for a policy of Kubernetes",
    refuses: named('knp.default.a'),
    takes: named('ossg.default.a'),
  },
  {
    rule: 'stored-name-too-long',
    fact: 'a policy of 246 characters, which is stored with a prefix',
    refuses: named(long(246)),
    takes: named(long(245)),
  },
  {
    rule: 'stored-name-too-long',
    fact: 'a policy of 246 characters before 3.32',
    calico: '3.31',
    refuses: globalPolicy({}, { name: long(253) }),
    takes: globalPolicy({}, { name: long(253) }),
    takesIn: '3.32',
  },
  {
    rule: 'namespace-format',
    fact: 'a namespace with a dot',
    refuses: named('a', { namespace: 'a.b' }),
    takes: named('a', { namespace: 'a-b' }),
    at: 'metadata.namespace',
  },
  {
    rule: 'namespace-format',
    fact: 'a namespace of 64 characters',
    refuses: named('a', { namespace: long(64) }),
    takes: named('a', { namespace: long(63) }),
  },
]
