import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { codecs, decode, type Resource } from '../../../src/model/resource.js'
import { globalNetworkPolicy, networkPolicy } from '../../conformance/generate/policy.js'
import { kind, valid } from '../../model/arbitrary.js'

const decoded = (manifests: fc.Arbitrary<unknown>): fc.Arbitrary<Resource> =>
  manifests
    .map((manifest) => decode(manifest))
    .filter(E.isRight)
    .map(({ right }) => right)

/** Only with what its author writes: the builder has no words for the rest. */
const plain = ({ metadata: { name, namespace, labels, annotations }, ...rest }: Resource): object => ({
  ...rest,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels, annotations },
})

const wild = decoded(kind.chain((of) => valid(codecs[of].schema)))

/** Resources of every kind: policies as people write them, and whatever a codec takes. */
export const resource: fc.Arbitrary<Resource> = fc.oneof(
  { weight: 2, arbitrary: decoded(networkPolicy) },
  { weight: 2, arbitrary: decoded(globalNetworkPolicy) },
  { weight: 1, arbitrary: wild },
  { weight: 2, arbitrary: decoded(wild.map(plain)) },
)
