import type { Resource } from './resource.js'

/** As the text has it: `NetworkPolicy(shop/api)`, `Tier(guardrails)`. What issues call a resource. */
export const printResource = ({ kind, metadata: { name, namespace } }: Resource): string =>
  namespace === undefined ? `${kind}(${name})` : `${kind}(${namespace}/${name})`
