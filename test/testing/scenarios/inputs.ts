import { gnp, np, on, type Scenario, text, yaml } from './scenario.js'

export const inputs: ReadonlyArray<Scenario> = [
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
    name: 'reads YAML as Go does',
    steps: [
      text(
        [
          'apiVersion: projectcalico.org/v3',
          'Kind: Ignored',
          'kind: GlobalNetworkPolicy',
          'metadata: {name: words, labels: {a: yes, b: 1, c: "no", d: 0o7, e: 1_000, f: ~}}',
          'spec: {Order: 7, selector: "a == \'b\'", ingress: [{action: Allow, protocol: 6, destination: {ports: [0120, "80:90"]}}]}',
          '',
        ].join('\n'),
      ),
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
