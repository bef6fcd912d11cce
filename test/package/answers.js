import {
  and,
  check,
  decode,
  eq,
  explain,
  fromKubernetes,
  fromYaml,
  globalNetworkPolicy,
  has,
  hostEndpoint,
  isIn,
  label,
  matches,
  networkPolicy,
  not,
  notIn,
  parseSelector,
  printSelector,
  resource,
  selectorId,
  toJson,
  toYaml,
} from 'typed-calico'

const role = label('role')
const built = [
  networkPolicy('api', 'shop')
    .order(100)
    .selector(and(eq(role, 'api'), not(has('quarantined'))))
    .allowIngress({
      protocol: 'TCP',
      source: { selector: isIn(role, ['web', 'batch']) },
      destination: { ports: [8080, '9000:9010'] },
    }),
  globalNetworkPolicy('deny')
    .namespaceSelector(notIn(role, ['ö', '"', "'"]))
    .types('Ingress', 'Egress'),
  hostEndpoint('node-1', 'node-1').interfaceName('eth0').labels({ a: 'yes', b: '1e3', c: '' }),
  resource('FelixConfiguration', 'default', { bpfEnabled: true, iptablesRefreshInterval: '10s' }),
]

/** What only the careful reader takes, and what no reader does. */
const texts = [
  toYaml(...built),
  'kind: NetworkPolicy\napiVersion: projectcalico.org/v3\nmetadata: &m {name: a, "namespace": shop}\nspec: {selector: "a == \'\\u00e9\'"}\n',
  'apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: A_b\n  namespace: shop\nspec:\n  selectr: all()\n  order: x\n',
  'kind: [\n',
  'a: *nowhere\n',
]

const selectors = [
  "a == 'b' && !has(c)",
  "role in {'x', 'y'} || all()",
  "a = 'b'",
  "a == 'b",
  'has(é)',
  '',
  '((((a == "1"))))',
]

const values = [
  { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 't' }, spec: { order: '1' } },
  { apiVersion: 'v1', kind: 'List', items: [] },
  {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'p' },
    spec: { cidr: '10.0.0.1/16', blockSize: 99 },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a', namespace: 'b' },
    spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] },
  },
  null,
]

const told = (result) => (result._tag === 'Left' ? explain(result.left) : result.right)

/** What the library says to all of this, as text: the same wherever it runs. */
export const answers = () =>
  JSON.stringify(
    {
      built: [
        toYaml(...built),
        toJson(...built),
        ...built.map((one) => told(check(one, { calico: '3.28' }))),
      ],
      read: texts.map((text) => told(fromYaml(text))),
      selectors: selectors.map((text) => {
        const parsed = parseSelector(text)
        if (parsed._tag === 'Left') return explain(parsed.left)
        return [
          printSelector(parsed.right),
          selectorId(parsed.right),
          matches(parsed.right, { a: 'b', role: 'x' }),
        ]
      }),
      values: values.flatMap((value) => [told(decode(value)), told(fromKubernetes(value))]),
      codeFromText: canMakeCode(),
    },
    null,
    1,
  )

const canMakeCode = () => {
  try {
    return new Function('return true')()
  } catch {
    return false
  }
}
