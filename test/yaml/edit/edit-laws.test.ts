import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stringify } from 'yaml'
import type { Resource } from '../../../src/model/resource.js'
import { editYaml } from '../../../src/yaml/edit/edit.js'
import { toYaml } from '../../../src/yaml/print/print.js'
import { policies } from '../../bench/work.js'
import { accepted } from '../manifest.js'

const law = suite('every edit')

const values = policies(40) as unknown as ReadonlyArray<Resource>
const compat = 'yaml-1.1'
const styles: ReadonlyArray<(value: Resource) => string> = [
  (value) => toYaml(value),
  (value) => stringify(value, { compat, lineWidth: 0, indent: 4 }),
  (value) => stringify(value, { compat, lineWidth: 0, indentSeq: false }).replace(/$/gm, ' # x'),
  (value) => stringify(value, { compat, lineWidth: 60, collectionStyle: 'flow' }),
  (value) => JSON.stringify(value),
]

/** Some of the fields of one policy, some of the other. */
const mixed = (a: Resource, b: Resource, pick: ReadonlyArray<boolean>): Resource => {
  const fields = [...new Set([...Object.keys(a.spec ?? {}), ...Object.keys(b.spec ?? {})])]
  const entries = fields.flatMap((key, i) => {
    const from = (pick[i % pick.length] ? a : b).spec as Readonly<Record<string, unknown>>
    return from[key] === undefined ? [] : [[key, from[key]]]
  })
  return { ...a, spec: Object.fromEntries(entries) } as Resource
}

law('makes of any text what the change makes of its resource', () => {
  const value = fc.constantFrom(...values)
  const picks = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })
  const style = fc.constantFrom(...styles)
  fc.assert(
    fc.property(value, value, picks, style, (a, b, pick, print) => {
      const next = {
        ...mixed(a, b, pick),
        kind: a.kind,
        metadata: { ...b.metadata, ...a.metadata },
      } as Resource
      const result = editYaml(print(a), () => next)
      // A field of the other kind may have come in.
      if (E.isRight(result)) assert.equal(accepted(result.right), accepted(toYaml(next)))
      else assert.ok(E.isLeft(editYaml(toYaml(next), (same) => same)))
    }),
    { numRuns: 300 },
  )
})

law.run()
