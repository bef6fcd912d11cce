import type { Issue, Path } from '../error.js'
import type {
  KubernetesNetworkPolicy,
  KubernetesPeer,
  KubernetesPort,
} from '../model/kubernetes/kubernetes-network-policy.js'
import type { LabelOperator, LabelSelector } from '../model/meta/label-selector.js'
import { protocolOf } from '../model/policy/protocol.js'
import { networkInterval } from '../net/cidr.js'
import { encloses } from '../net/interval.js'
import { toNet } from './block.js'
import { type Find, ofParts } from './parts.js'

/** Most are refused by Kubernetes' API server; some it takes with a warning. */
const widening = (rule: string, path: Path, message: string, hint: string): Issue => ({
  rule,
  path,
  message,
  hint,
  source: 'libcalico-go/lib/backend/k8s/conversion/conversion.go',
})

const quote = (text: string): string => JSON.stringify(text.slice(0, 64))

/** What else Calico cannot read, it refuses itself. */
const protocols: ReadonlyArray<string> = ['', 'TCP', 'UDP', 'SCTP']

const ofPort: Find<KubernetesPort> = ({ protocol = 'TCP', port, endPort }, path) => [
  ...(protocols.includes(protocol) || protocolOf(protocol) === undefined
    ? []
    : [
        widening(
          'kubernetes-protocol',
          [...path, 'protocol'],
          `${quote(protocol)} is not a protocol of Kubernetes' policies`,
          'write TCP, UDP or SCTP, in capitals',
        ),
      ]),
  ...(endPort !== undefined && port === undefined
    ? [
        widening(
          'end-port-without-port',
          [...path, 'endPort'],
          'an endPort without a port: Calico would allow all ports',
          'write the first port of the range as port',
        ),
      ]
    : []),
  ...(protocol === ''
    ? [
        widening(
          'empty-protocol',
          [...path, 'protocol'],
          'an empty protocol: Calico would allow all protocols',
          'leave it out for TCP, or write UDP or SCTP',
        ),
      ]
    : []),
]

const ofCidr =
  (consequence: string): Find<string> =>
  (cidr, path) =>
    toNet(cidr) === undefined
      ? [
          widening(
            'ip-block-format',
            path,
            `${quote(cidr)} is not a valid CIDR: Calico would ${consequence}`,
            'write an address, "/" and a prefix length, such as 10.0.0.1/32',
          ),
        ]
      : []

/** The API server wants an exception to be a part of the block, and not all of it. */
const outside = (net: string, cidr: string, path: Path): ReadonlyArray<Issue> => {
  const [part, whole] = [networkInterval(net), networkInterval(cidr)]
  if (toNet(net) === undefined || toNet(cidr) === undefined || part === undefined || whole === undefined)
    return []
  const isPart = encloses([whole], part) && !encloses([part], whole)
  return isPart
    ? []
    : [
        widening(
          'except-outside-cidr',
          path,
          `the exception ${quote(net)} is not a part of ${quote(cidr)}`,
          'except takes CIDRs within cidr: remove it, or correct one of them',
        ),
      ]
}

const emptyPeer = (path: Path): Issue =>
  widening(
    'empty-peer',
    path,
    "a peer without a selector or an ipBlock: Calico would take it for all pods of the policy's namespace",
    'leave from or to out to allow all peers, or write podSelector: {} for the pods of the namespace',
  )

const ofPeer: Find<KubernetesPeer> = ({ ipBlock, podSelector, namespaceSelector }, path) => {
  if (ipBlock === undefined) {
    return podSelector === undefined && namespaceSelector === undefined ? [emptyPeer(path)] : []
  }
  const { cidr, except = [] } = ipBlock
  const at = [...path, 'ipBlock']
  const exception = ofCidr('not leave it out, nor those that follow')
  return [
    ...ofCidr('allow any address')(cidr, [...at, 'cidr']),
    ...except.flatMap((net, index) => [
      ...exception(net, [...at, 'except', index]),
      ...outside(net, cidr, [...at, 'except', index]),
    ]),
    ...(podSelector === undefined && namespaceSelector === undefined
      ? []
      : [
          widening(
            'ip-block-with-selector',
            path,
            'an ipBlock beside a selector: Calico would look at the ipBlock alone',
            'make two peers of it',
          ),
        ]),
  ]
}

const operators: ReadonlyArray<string> = [
  'In',
  'NotIn',
  'Exists',
  'DoesNotExist',
] satisfies ReadonlyArray<LabelOperator>

/** A key or value that would end the text of Calico's selector before its own end. */
const breaksOut = (key: string, values: ReadonlyArray<string>): boolean =>
  !/^[\w./-]{1,512}$/.test(key) || values.some((value) => value.includes("'"))

const ofLabel = (key: string, values: ReadonlyArray<string>, path: Path): ReadonlyArray<Issue> =>
  breaksOut(key, values)
    ? [
        widening(
          'label-syntax',
          path,
          `the label ${quote(key)} cannot be written in Calico's selector`,
          'a key has letters, digits and - _ . /, a value no quotes',
        ),
      ]
    : []

const ofValues = (operator: string, values: ReadonlyArray<string>, path: Path): ReadonlyArray<Issue> => {
  const needsValues = operator === 'In' || operator === 'NotIn'
  if (needsValues === values.length > 0) return []
  const [message, hint] = needsValues
    ? [`${operator} without values`, 'give the values that are meant']
    : [`${operator} with values, which Calico would ignore`, 'remove the values, or write In or NotIn']
  return [widening('operator-values', [...path, 'values'], message, hint)]
}

/** What Calico reads otherwise than it is meant in a selector of labels. */
export const selectorWidenings: Find<LabelSelector> = ({ matchLabels = {}, matchExpressions = [] }, path) => [
  ...Object.entries(matchLabels).flatMap(([key, value]) =>
    ofLabel(key, [value], [...path, 'matchLabels', key]),
  ),
  ...matchExpressions.flatMap(({ key, operator, values = [] }, index) => {
    const at = [...path, 'matchExpressions', index]
    if (operators.includes(operator)) return [...ofLabel(key, values, at), ...ofValues(operator, values, at)]
    return [
      widening(
        'unknown-operator',
        [...at, 'operator'],
        `${quote(operator)} is not an operator: Calico would skip it, and select more`,
        `one of ${operators.join(', ')}`,
      ),
    ]
  }),
]

const ofTypes = ({ spec: { policyTypes = [] } }: KubernetesNetworkPolicy): ReadonlyArray<Issue> =>
  policyTypes.flatMap((type, index) =>
    type === 'Ingress' || type === 'Egress'
      ? []
      : [
          widening(
            'unknown-policy-type',
            ['spec', 'policyTypes', index],
            `${quote(type)} is not a policy type: Calico would skip it`,
            'one of Ingress, Egress',
          ),
        ],
  )

/**
 * What Calico converts without a word, though it says something else than it seems to: most of it into a policy that
 * allows more.
 */
export const widenings = (policy: KubernetesNetworkPolicy): ReadonlyArray<Issue> => [
  ...ofTypes(policy),
  ...ofParts(policy, { port: ofPort, peer: ofPeer, selector: selectorWidenings }),
]
