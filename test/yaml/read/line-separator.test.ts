import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orThrow } from '../../../src/error.js'
import { fromYaml } from '../../../src/yaml/read/from-yaml.js'
import { annotated, separatedTexts } from '../separated-texts.js'

const separators = suite('raw line separators')

separators('are read as calicoctl reads what it prints itself', () => {
  for (const [written, text] of separatedTexts) {
    const [set] = orThrow(fromYaml(annotated(written)))
    assert.equal(set?.metadata.annotations, { note: text }, JSON.stringify(written))
  }
})

separators('are refused in their place where calicoctl refuses them, or drops or moves something', () => {
  const texts = [
    'a\u2028b',
    '"a\u2028b"',
    "'a\n\u2028b'",
    "'a\u2028\n\n      b'",
    "'a\u2028--- b'",
    'b # \u2028      c: d',
    '>-\n      a\u2028      b',
    '|-\n      a\u2028b',
    '|-\n      a\u2028',
    '|2-\n      a\u2028      b',
    '|- # a\u2028\n      b',
  ]
  for (const text of texts) {
    const read = fromYaml(annotated(text))
    const issues = E.isLeft(read) ? read.left.issues : []
    const before = annotated(text).split(/[\u2028\u2029]/)[0] ?? ''
    const lines = before.split('\n')
    const at = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
    assert.equal(
      issues.map((issue) => [issue.rule, issue.at]),
      [['character', at]],
      JSON.stringify(text),
    )
  }
})

separators.run()
