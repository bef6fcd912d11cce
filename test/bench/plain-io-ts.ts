import * as t from 'io-ts'

/** io-ts as people write it: a type and its optional fields, closed by a check of the keys. */
const closed = <R extends t.Props, O extends t.Props>(name: string, required: R, optional: O) => {
  const open = t.intersection([t.type(required), t.partial(optional)], name)
  const keys = new Set([...Object.keys(required), ...Object.keys(optional)])
  return new t.Type(
    name,
    open.is,
    (value, context) => {
      const unknown =
        typeof value === 'object' && value !== null && Object.keys(value).find((key) => !keys.has(key))
      return typeof unknown === 'string'
        ? t.failure(value, context, `unknown key ${unknown}`)
        : open.validate(value, context)
    },
    open.encode,
  )
}

const strings = t.record(t.string, t.string)
const port = t.union([t.number, t.string])
const action = t.keyof({ Allow: null, Deny: null, Log: null, Pass: null })

const entity = closed(
  'EntityRule',
  {},
  {
    nets: t.array(t.string),
    notNets: t.array(t.string),
    selector: t.string,
    notSelector: t.string,
    namespaceSelector: t.string,
    ports: t.array(port),
    notPorts: t.array(port),
    serviceAccounts: closed('ServiceAccountMatch', {}, { names: t.array(t.string), selector: t.string }),
    services: closed('ServiceMatch', {}, { name: t.string, namespace: t.string }),
  },
)

const icmp = closed('ICMPFields', {}, { type: t.number, code: t.number })

const rule = closed(
  'Rule',
  { action },
  {
    ipVersion: t.number,
    protocol: port,
    notProtocol: port,
    icmp,
    notICMP: icmp,
    source: entity,
    destination: entity,
    http: closed(
      'HTTPMatch',
      {},
      {
        methods: t.array(t.string),
        paths: t.array(closed('HTTPPath', {}, { exact: t.string, prefix: t.string })),
      },
    ),
    metadata: closed('RuleMetadata', {}, { annotations: strings }),
  },
)

const metadata = closed(
  'Metadata',
  { name: t.string },
  { namespace: t.string, labels: strings, annotations: strings },
)

const spec = {
  tier: t.string,
  order: t.number,
  selector: t.string,
  serviceAccountSelector: t.string,
  types: t.array(t.keyof({ Ingress: null, Egress: null })),
  performanceHints: t.array(t.string),
  ingress: t.array(rule),
  egress: t.array(rule),
}

const policy = (kind: string, fields: t.Props) =>
  closed(
    kind,
    {
      apiVersion: t.literal('projectcalico.org/v3'),
      kind: t.literal(kind),
      metadata,
      spec: closed('Spec', {}, fields),
    },
    {},
  )

const codecs = {
  NetworkPolicy: policy('NetworkPolicy', spec),
  GlobalNetworkPolicy: policy('GlobalNetworkPolicy', {
    ...spec,
    namespaceSelector: t.string,
    doNotTrack: t.boolean,
    preDNAT: t.boolean,
    applyOnForward: t.boolean,
  }),
}

/** Whether io-ts, used plainly, decodes the policy. */
export const decodes = (manifest: { readonly kind?: unknown }): boolean =>
  codecs[manifest.kind === 'NetworkPolicy' ? 'NetworkPolicy' : 'GlobalNetworkPolicy'].decode(manifest)
    ._tag === 'Right'
