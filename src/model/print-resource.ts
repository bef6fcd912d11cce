import { isPlain } from './codec/json.js'
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

/** The same of any value that names itself as an object of Kubernetes does, whether or not it can be read as one. */
export const printNameOf = (value: unknown): string | undefined => {
  if (!isPlain(value) || !isPlain(value.metadata) || typeof value.kind !== 'string') return undefined
  const { name, namespace } = value.metadata
  if (typeof name !== 'string') return undefined
  return printName({
    kind: value.kind,
    namespace: typeof namespace === 'string' ? namespace : undefined,
    name,
  })
}
