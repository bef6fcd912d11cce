/** A fact of `check`: a resource that one rule refuses, and its neighbour, which passes. */
export interface Case {
  readonly rule: string
  readonly fact: string
  readonly refuses: object
  readonly takes: object
  /** The Calico that refuses; 3.28 when left out. */
  readonly calico?: string
  /** The Calico that takes the neighbour; the same when left out. */
  readonly takesIn?: string
  /** Where the issue is. */
  readonly at?: string
}

const resource = (kind: string, spec: object, metadata: object): object => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name: 'a', ...metadata },
  spec,
})

export const of =
  (kind: string, defaults: object = {}) =>
  (spec: object, metadata: object = {}): object =>
    resource(kind, spec, { ...defaults, ...metadata })

export const networkPolicy = of('NetworkPolicy', { namespace: 'shop' })
export const globalPolicy = of('GlobalNetworkPolicy')

/** A NetworkPolicy with one ingress rule that allows. */
export const ingress = (rule: object): object => networkPolicy({ ingress: [{ action: 'Allow', ...rule }] })
export const egress = (rule: object): object => networkPolicy({ egress: [{ action: 'Allow', ...rule }] })

export const named = (name: string, metadata: object = {}): object => networkPolicy({}, { name, ...metadata })
