import type { Issue } from '../error.js'
import type {
  KubernetesNetworkPolicy,
  KubernetesPort,
} from '../model/kubernetes/kubernetes-network-policy.js'
import { parsePort } from '../model/policy/port.js'
import { protocolOf } from '../model/policy/protocol.js'
import { type Find, ofParts } from './parts.js'
import { portText } from './ports.js'

const source = 'libcalico-go/lib/backend/k8s/conversion/conversion.go'

const quote = (text: string): string => JSON.stringify(text.slice(0, 64))

const ofPort: Find<KubernetesPort> = (port, path) => {
  const text = portText(port)
  if (text === undefined || parsePort(text) !== undefined) return []
  return [
    {
      rule: 'kubernetes-port',
      path: [...path, 'port'],
      message: `Calico cannot read the port ${quote(text)}`,
      hint: 'a number up to 65535, with an endPort that is not lower; or a name, without an endPort',
      source,
    },
  ]
}

const ofProtocol: Find<KubernetesPort> = ({ protocol = 'TCP' }, path) =>
  protocol === '' || protocolOf(protocol) !== undefined
    ? []
    : [
        {
          rule: 'kubernetes-protocol',
          path: [...path, 'protocol'],
          message: `Calico has no protocol ${quote(protocol)}`,
          hint: 'one of TCP, UDP and SCTP',
          source,
        },
      ]

/** What has no counterpart in Calico: calicoctl refuses it, too. */
export const unsupported = (policy: KubernetesNetworkPolicy): ReadonlyArray<Issue> =>
  ofParts(policy, { port: (port, path) => [...ofPort(port, path), ...ofProtocol(port, path)] })
