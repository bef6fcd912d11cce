import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { issues, pods, policy, specOf } from './kubernetes-policy.js'

const convert = suite('what fromKubernetes refuses, as Calico would widen it')

/** What Calico would widen, the issue that says so, and what Calico makes of it. */
const widenings: ReadonlyArray<readonly [spec: object, issue: string, calico: object]> = [
  [
    { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.1' } }] }] },
    'spec.ingress[0].from[0].ipBlock.cidr ip-block-format',
    { ingress: [{ action: 'Allow' }] },
  ],
  [
    {
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', 'x', '10.2.0.0/16'] } }] }],
    },
    'spec.ingress[0].from[0].ipBlock.except[1] ip-block-format',
    { ingress: [{ action: 'Allow', source: { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'] } }] },
  ],
  [
    { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] },
    'spec.ingress[0].from[0] ip-block-with-selector',
    { ingress: [{ action: 'Allow', source: { nets: ['10.0.0.0/8'] } }] },
  ],
  [
    { ingress: [{ ports: [{ protocol: 'UDP', endPort: 90 }] }] },
    'spec.ingress[0].ports[0].endPort end-port-without-port',
    { ingress: [{ action: 'Allow', protocol: 'UDP' }] },
  ],
  [
    { ingress: [{ ports: [{ protocol: '' }] }] },
    'spec.ingress[0].ports[0].protocol empty-protocol',
    { ingress: [{ action: 'Allow' }] },
  ],
  [
    { podSelector: { matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] } },
    'spec.podSelector.matchExpressions[0].operator unknown-operator',
    {},
  ],
  [{ policyTypes: ['egress'] }, 'spec.policyTypes[0] unknown-policy-type', {}],
  [
    { ingress: [{ ports: [{ protocol: 'tcp', port: 80 }] }] },
    'spec.ingress[0].ports[0].protocol kubernetes-protocol',
    { ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [80] } }] },
  ],
  [
    { ingress: [{ from: [{}] }] },
    'spec.ingress[0].from[0] empty-peer',
    { ingress: [{ action: 'Allow', source: { selector: pods } }] },
  ],
  [
    { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.1.0/24', '10.1.0.0/24'] } }] }] },
    'spec.ingress[0].from[0].ipBlock.except[1] except-outside-cidr',
    {
      ingress: [
        { action: 'Allow', source: { nets: ['10.0.0.0/16'], notNets: ['10.0.1.0/24', '10.1.0.0/24'] } },
      ],
    },
  ],
  [
    { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.0.0/16'] } }] }] },
    'spec.ingress[0].from[0].ipBlock.except[0] except-outside-cidr',
    { ingress: [{ action: 'Allow', source: { nets: ['10.0.0.0/16'], notNets: ['10.0.0.0/16'] } }] },
  ],
  [
    { podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
    'spec.podSelector.matchExpressions[0].values operator-values',
    { selector: `${pods} && has(a)` },
  ],
]

convert('refuses what Calico would widen without a word, and converts it when told to', () => {
  for (const [spec, issue, calico] of widenings) {
    assert.equal(issues(policy(spec)), [issue])
    const converted = specOf(spec, { lenient: true })
    assert.equal(converted, { order: 1000, selector: pods, types: ['Ingress'], ...calico }, issue)
  }
})

convert('refuses a label value that does not stay inside its quotes', () => {
  assert.equal(issues(policy({ podSelector: { matchLabels: { a: "b'" } } })), [
    'spec.podSelector.matchLabels.a label-syntax',
  ])
})

convert('refuses In and NotIn without values', () => {
  for (const operator of ['In', 'NotIn']) {
    const podSelector = { matchExpressions: [{ key: 'a', operator, values: [] }] }
    assert.equal(issues(policy({ podSelector })), [
      'spec.podSelector.matchExpressions[0].values operator-values',
    ])
  }
})

convert.run()
