import { type Constraint, rule, unless } from './constraint.js'
import { isDnsLabel, quoted } from './dns-name.js'
import { apimachinery } from './source.js'

const longest = 63

/** `metadata.namespace`: calicoctl checks only its place in a URL, the API server the rest. Empty is `default`. */
export const namespace: Constraint<string> = rule(
  {
    name: 'namespace-format',
    what: 'A namespace is no DNS label of at most 63 characters: no namespace can have that name.',
    remedy: 'use the name of a namespace: lower-case letters, digits and "-", at most 63',
    source: apimachinery('IsDNS1123Label'),
  },
  (text) =>
    unless(text === '' || (text.length <= longest && isDnsLabel(text)), () => ({
      message: `${quoted(text)} is no name of a namespace`,
    })),
)
