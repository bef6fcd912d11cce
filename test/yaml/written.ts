import fc from 'fast-check'
import { stringify } from 'yaml'
import { codecs, type Resource } from '../../src/model/resource.js'
import { toJson } from '../../src/yaml/print/json.js'
import { toYaml } from '../../src/yaml/print/print.js'
import { kind, valid } from '../model/arbitrary.js'
import { hostilePolicy } from './hostile.js'

/** A resource of any kind: right in its types, in all else whatever comes. */
export const resource: fc.Arbitrary<Resource> = fc.oneof(
  kind.chain((of) => valid(codecs[of].schema)) as fc.Arbitrary<Resource>,
  hostilePolicy,
)

/** The data as one of its printers writes it. */
const printers: ReadonlyArray<(value: Resource) => string> = [
  (value) => toYaml(value),
  (value) => toJson(value),
  (value) => JSON.stringify(value),
  (value) => stringify(value, { lineWidth: 0 }),
  (value) => stringify(value, { lineWidth: 0, indent: 4, compat: 'yaml-1.1', singleQuote: true }),
  (value) => stringify(value, { lineWidth: 40, indentSeq: false, collectionStyle: 'any' }),
  (value) => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }),
]

/** A resource, and its text in some style. */
export const written: fc.Arbitrary<{ readonly value: Resource; readonly text: string }> = fc
  .tuple(resource, fc.constantFrom(...printers))
  .map(([value, print]) => ({ value, text: print(value) }))
