import * as E from 'fp-ts/lib/Either.js'
import { explain } from '../../src/error.js'
import type { NetworkPolicy } from '../../src/model/policy/network-policy.js'
import type { Resource } from '../../src/model/resource.js'
import { type FromYamlOptions, fromYaml } from '../../src/yaml/read/from-yaml.js'

export const named = (name: string, spec: NetworkPolicy['spec'] = {}): NetworkPolicy => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec,
})

/** The smallest policy, as people write it. */
export const policy = (name: string, namespace?: string): string =>
  [
    'apiVersion: projectcalico.org/v3',
    'kind: NetworkPolicy',
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'spec: {}',
    '',
  ].join('\n')

export const accepted = (text: string, options?: FromYamlOptions): ReadonlyArray<Resource> => {
  const read = fromYaml(text, options)
  if (E.isLeft(read)) throw new Error(explain(read.left))
  return read.right
}

/** The rules of all issues. */
export const refused = (text: string, options?: FromYamlOptions): ReadonlyArray<string> => {
  const read = fromYaml(text, options)
  if (E.isRight(read)) throw new Error(`accepted: ${JSON.stringify(read.right)}`)
  return read.left.issues.map(({ rule }) => rule)
}
