import type { Resource } from './resource.js'

/** As calicoctl writes it: `NetworkPolicy(shop/api)`, `Tier(guardrails)`. */
export const printName = ({
  kind,
  namespace,
  name,
}: {
  readonly kind: string
  readonly namespace?: string | undefined
  readonly name: string
}): string => (namespace === undefined ? `${kind}(${name})` : `${kind}(${namespace}/${name})`)

/** What issues call a resource: as the text has it, with its namespace if that is given. */
export const printResource = ({ kind, metadata: { name, namespace } }: Resource): string =>
  printName({ kind, namespace, name })
