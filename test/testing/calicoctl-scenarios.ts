import type { KubeObject } from '../../src/cluster/port.js'
import type { MemoryClusterOptions } from '../../src/testing/memory-cluster.js'
import type { Step } from './calicoctl-world.js'

export interface Scenario {
  readonly name: string
  readonly options?: MemoryClusterOptions
  readonly steps: ReadonlyArray<Step>
}

const resource = (
  kind: string,
  name: string,
  namespace: string | undefined,
  spec: object,
  meta: object = {},
): object => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...meta },
  spec,
})

const rule = { action: 'Allow', protocol: 'TCP', destination: { ports: [80, '90:95', 'http'] } }
const np = (name: string, meta: object = {}, spec: object = { ingress: [rule] }) =>
  resource('NetworkPolicy', name, 'shop', spec, meta)
const gnp = (name: string, spec: object = { order: 5.5, egress: [{ action: 'Deny' }] }) =>
  resource('GlobalNetworkPolicy', name, undefined, spec)

const yaml = (...documents: ReadonlyArray<object>): string =>
  documents.map((document) => JSON.stringify(document, null, 2)).join('\n---\n')

const on = (command: string, ...documents: ReadonlyArray<object>): Step => ({
  args: [command, '-f', '/in/a.yaml'],
  files: { '/in/a.yaml': yaml(...documents) },
})
const text = (content: string, ...flags: ReadonlyArray<string>): Step => ({
  args: ['apply', '-f', '/in/a.yaml', ...flags],
  files: { '/in/a.yaml': content },
})
const flagged = (step: Step, ...flags: ReadonlyArray<string>): Step => ({
  ...step,
  args: [...step.args, ...flags],
})

const role = (rules: ReadonlyArray<object>): ReadonlyArray<KubeObject> => [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'limited' }, rules },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'limited' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'limited' },
    subjects: [{ kind: 'User', name: 'limited' }],
  },
]
const can = (
  verbs: ReadonlyArray<string>,
  resources: ReadonlyArray<string>,
  resourceNames?: ReadonlyArray<string>,
) => ({
  apiGroups: ['crd.projectcalico.org'],
  resources,
  verbs,
  ...(resourceNames === undefined ? {} : { resourceNames }),
})
const information = can(['get'], ['clusterinformations'], ['default'])
const as = (step: Step): Step => ({ ...step, user: 'limited' })

const bare: KubeObject = {
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: 'default.raw', labels: { theirs: 'x' }, annotations: { note: 'n' } },
  spec: { order: 1, selector: 'all()', types: ['Ingress'] },
}

const lifecycle: ReadonlyArray<Scenario> = [
  {
    name: 'creates, applies, replaces, gets and deletes',
    steps: [
      on('create', np('a'), gnp('g')),
      on('create', np('a'), gnp('g')),
      on('apply', np('a', { labels: { b: 'c' } }), gnp('g')),
      on('replace', np('a'), gnp('g', { selector: 'all()' })),
      { args: ['get', 'np', 'a', '-n', 'shop', '-o', 'json'] },
      { args: ['get', 'gnp', '-o', 'json'] },
      on('delete', np('a'), gnp('g')),
      on('delete', np('a'), gnp('g')),
    ],
  },
  {
    name: 'counts one kind by name, and several without',
    steps: [
      on('apply', np('a')),
      on('apply', np('a'), np('b')),
      on('delete', np('a'), np('b')),
      on('delete', np('a')),
      on('replace', np('a')),
    ],
  },
  {
    name: 'goes on after a failure, and counts the rest',
    steps: [
      on('create', np('b')),
      on('create', np('a'), np('b'), np('c'), np('d')),
      on('create', np('a'), np('e')),
      on('delete', np('a'), np('x'), np('c')),
      on('replace', np('x'), np('b')),
      on('replace', np('b'), np('x')),
      on('replace', np('x'), np('y')),
    ],
  },
  {
    name: 'skips what it is told to',
    steps: [
      on('create', np('a')),
      flagged(on('create', np('a'), np('b')), '--skip-exists'),
      flagged(on('delete', np('a'), np('x')), '--skip-not-exists'),
      flagged(on('delete', np('x')), '-s'),
      flagged(text('\n'), '--skip-empty'),
    ],
  },
  {
    name: 'keeps labels that are its own as labels, and all others in the annotation',
    steps: [
      on(
        'apply',
        np('a', {
          labels: { team: 'x', 'x.projectcalico.org/y': 'z' },
          annotations: { 'projectcalico.org/n': '1', o: '<&>' },
        }),
      ),
      on('apply', np('a', { labels: { 'x.projectcalico.org/y': 'w' } })),
      on('apply', np('a')),
      { args: ['get', 'np', 'a', '-n', 'shop', '-o', 'json'] },
      on(
        'create',
        np('b', {
          ownerReferences: [],
          finalizers: ['x/y'],
          uid: '4c1b1d8e-58b8-4a4e-9f0e-0f5c7b2f8a11',
          generation: 7,
        }),
      ),
    ],
  },
  {
    name: 'takes over what others made',
    options: { objects: [bare] },
    steps: [{ args: ['get', 'gnp', 'raw', '-o', 'json'] }, on('apply', gnp('raw')), on('delete', gnp('raw'))],
  },
  {
    name: 'replaces only the version that it is given',
    steps: [
      on('create', np('a')),
      on('replace', np('a', { resourceVersion: '1' })),
      on('apply', np('a', { resourceVersion: '1' })),
      on('apply', np('b', { resourceVersion: '1' })),
      on('create', np('c', { resourceVersion: '1' })),
    ],
  },
]

const places: ReadonlyArray<Scenario> = [
  {
    name: 'finds the namespace of a resource',
    steps: [
      on('apply', resource('NetworkPolicy', 'a', undefined, {})),
      flagged(on('apply', resource('NetworkPolicy', 'b', undefined, {})), '-n', 'shop'),
      flagged(on('apply', np('c')), '--namespace=shop'),
      flagged(on('apply', np('c')), '-n', 'other'),
      flagged(on('apply', gnp('g')), '-n', 'shop'),
      flagged(on('replace', np('c'), np('c')), '-n', 'other'),
      on('apply', resource('NetworkPolicy', 'd', 'no-such-namespace', {})),
      on('delete', resource('NetworkPolicy', 'd', 'no-such-namespace', {})),
    ],
  },
  {
    name: 'refuses what is not its own to change',
    steps: [on('apply', np('knp.default.x')), on('delete', np('knp.default.x'))],
  },
  {
    name: 'stores sets and host endpoints',
    steps: [
      on(
        'apply',
        resource('NetworkSet', 's', 'shop', { nets: ['10.0.0.0/8'] }, { labels: { a: 'b' } }),
        resource('GlobalNetworkSet', 's', undefined, { nets: ['10.0.0.1', 'fd00::/8'] }),
        resource('HostEndpoint', 'h', undefined, {
          node: 'n',
          interfaceName: 'eth0',
          expectedIPs: ['10.0.0.1'],
        }),
      ),
      on('apply', resource('NetworkSet', 's', 'shop', {})),
    ],
  },
  {
    name: 'completes policies',
    steps: [
      on(
        'apply',
        np('none', {}, {}),
        np('egress', {}, { egress: [{ action: 'Allow', source: { nets: ['10.0.0.0/8'] } }] }),
        np('both', {}, { ingress: [{ action: 'Log' }], egress: [{ action: 'Pass', protocol: 'UDP' }] }),
        np('typed', {}, { types: ['Egress'], ingress: [] }),
        gnp('host', { preDNAT: true, applyOnForward: true, doNotTrack: false, order: 0 }),
        gnp('numbers', {
          ingress: [{ action: 'Allow', protocol: 6, destination: { ports: ['80', '80:80'] } }],
        }),
        gnp('http', { ingress: [{ action: 'Allow', http: { methods: ['GET'], paths: [{ exact: '/a' }] } }] }),
        gnp('icmp', {
          ingress: [{ action: 'Deny', protocol: 'ICMP', icmp: { type: 8, code: 0 }, ipVersion: 4 }],
        }),
        gnp('services', {
          egress: [{ action: 'Allow', destination: { services: { name: 's', namespace: 'n' } } }],
        }),
        gnp('noted', { ingress: [{ action: 'Allow', metadata: { annotations: { a: 'b' } } }] }),
        gnp('hints', { performanceHints: ['AssumeNeededOnEveryNode'] }),
      ),
    ],
  },
]

const inputs: ReadonlyArray<Scenario> = [
  {
    name: 'reads lists, arrays, folders and empty documents',
    steps: [
      on('apply', {
        apiVersion: 'projectcalico.org/v3',
        kind: 'NetworkPolicyList',
        items: [np('a'), np('b')],
      }),
      text(JSON.stringify([np('c'), gnp('c')])),
      text(`---\n${yaml(np('d'))}\n---\n# nothing\n---\n`),
      {
        args: ['apply', '-f', '/in'],
        files: {
          '/in/2.yml': yaml(gnp('two')),
          '/in/1.json': JSON.stringify(np('one')),
          '/in/3.txt': 'x',
          '/in/sub/4.yaml': 'x',
        },
      },
    ],
  },
  {
    name: 'applies nothing of what it cannot read',
    steps: [
      text(`${yaml(np('a'))}\n---\nkind: [`),
      text(yaml(np('a'), { apiVersion: 'projectcalico.org/v3', kind: 'Unknown', metadata: { name: 'x' } })),
      text(yaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } })),
      text(''),
      { args: ['apply', '-f', '/in/none.yaml'] },
      { args: ['apply', '-f', '/in'], files: { '/in/readme.txt': '' } },
      { args: ['apply', '-f', '/in'], files: { '/in/a.yaml': yaml(np('a')), '/in/b.yaml': '' } },
    ],
  },
  {
    name: 'understands its arguments as calicoctl does',
    steps: [
      { args: ['frobnicate'] },
      { args: ['get', 'nonsense'] },
      { args: ['get', 'np', 'none', '-n', 'shop'] },
      { args: ['get', 'np', '-o', 'nonsense'] },
    ],
  },
]

const rights: ReadonlyArray<Scenario> = [
  { name: 'cannot work without reading the version', steps: [as(on('apply', np('a')))] },
  {
    name: 'names the right that is missing',
    options: { objects: role([information]) },
    steps: [as(on('apply', np('a'), gnp('g'))), as(on('delete', np('a'))), as({ args: ['get', 'gnp'] })],
  },
  {
    name: 'does what its rights allow',
    options: {
      objects: role([
        information,
        can(['create'], ['networkpolicies']),
        can(['get', 'update', 'delete'], ['networkpolicies'], ['default.a']),
      ]),
    },
    steps: [
      as(on('apply', np('a'), np('b'))),
      as(on('apply', np('a', { labels: { x: 'y' } }), np('b', { labels: { x: 'y' } }))),
      as(on('delete', np('a'), np('b'))),
    ],
  },
]

const versions: ReadonlyArray<Scenario> = [
  {
    name: 'works only on a cluster of its own version',
    steps: [
      { ...on('apply', np('a')), version: '3.28.4' },
      { ...flagged(on('apply', np('a')), '--allow-version-mismatch'), version: '3.28.4' },
      { args: ['version'], version: '3.28.4' },
      { args: ['get', 'np', '-A'], version: '3.28.4' },
    ],
  },
  {
    name: 'asks nothing of a cluster without kinds',
    options: { calico: false },
    steps: [on('apply', np('a'), np('b'))],
  },
]

export const scenarios = [...lifecycle, ...places, ...inputs, ...rights, ...versions]
