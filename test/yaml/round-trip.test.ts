import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeAndCheck } from '../../src/check/decode-and-check.js'
import type { Issue } from '../../src/error.js'
import type { Resource } from '../../src/model/resource.js'
import { toJson } from '../../src/yaml/print/json.js'
import { toYaml } from '../../src/yaml/print/print.js'
import { fromYaml } from '../../src/yaml/read/from-yaml.js'
import { readDocument } from '../../src/yaml/read/read-document.js'
import { policies } from '../bench/work.js'
import { asText } from './hostile.js'
import { resource } from './written.js'

const round = suite('what is printed and read')

for (const [form, print] of Object.entries({ YAML: toYaml, JSON: toJson })) {
  round(`is the same data, as ${form}`, () => {
    fc.assert(
      fc.property(resource, (value) => {
        const { value: read, problems } = readDocument({ text: print(value), start: 0 })
        assert.equal(problems, [])
        assert.ok(isDeepStrictEqual(read, asText(value)))
      }),
      { numRuns: 500 },
    )
  })

  round(`gets the verdict of the resource itself, as ${form}`, () => {
    const wellFormed = resource.filter((value) => isDeepStrictEqual(value, asText(value)))
    fc.assert(
      fc.property(wellFormed, (value) =>
        assert.equal(verdict(fromYaml(print(value))), verdict(one(decodeAndCheck(value)))),
      ),
      { numRuns: 500 },
    )
  })
}

type Read = E.Either<{ readonly issues: ReadonlyArray<Issue> }, ReadonlyArray<Resource>>

const one = E.map((value: Resource): ReadonlyArray<Resource> => [value])

/** The resources, or what is wrong with them in whatever order. */
const verdict = (read: Read): unknown =>
  E.isRight(read) ? read.right : read.left.issues.map(({ rule, path }) => `${rule} ${path.join('.')}`).sort()

round('is a whole file', () => {
  const values = policies(100) as unknown as ReadonlyArray<Resource>
  for (const text of [toYaml(...values), toJson(...values)]) {
    const read = fromYaml(text)
    assert.ok(E.isRight(read) && isDeepStrictEqual(read.right, values))
  }
})

round.run()
