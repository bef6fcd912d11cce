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
