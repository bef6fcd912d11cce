import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { splitDocuments } from '../../../src/yaml/read/split.js'

const split = suite('splitDocuments')

const texts = (text: string): ReadonlyArray<string> => splitDocuments(text).chunks.map((chunk) => chunk.text)
const rules = (text: string): ReadonlyArray<string> => splitDocuments(text).problems.map(({ rule }) => rule)

split('splits at each line that begins with ---', () => {
  assert.equal(texts('a\n---\nb\n--- # c\nd\n'), ['a', 'b', 'd\n'])
  assert.equal(texts('---\na\n---\n'), ['---\na', ''])
})

split('leaves a second --- to the document that it begins, as calicoctl does', () => {
  assert.equal(texts('a\n---\n---\nb'), ['a', '---\nb'])
})

split('knows where each document begins', () => {
  const text = 'a: 1\n---\nb: 2\n--- \nc: 3'
  for (const { start, text: chunk } of splitDocuments(text).chunks) {
    assert.ok(text.startsWith(chunk, start))
  }
})

split('splits inside of a text, as calicoctl does', () => {
  assert.equal(texts('a: |\n  b\n---\nc'), ['a: |\n  b', 'c'])
})

split('tells of what calicoctl would skip beside a separator', () => {
  assert.equal(rules('a\n--- b\nc\n'), ['text-after-separator'])
  assert.equal(rules('a\n---b\nc\n'), ['text-after-separator'])
  assert.equal(rules('a\n---\r\nb\n---  # c\n'), [])
})

split('tells of a last line for which calicoctl would drop the document before', () => {
  assert.equal(rules('a\n--- # end'), ['separator-not-ended'])
  assert.equal(rules('a\n--- '), ['separator-not-ended'])
  assert.equal(rules('a\n---'), [])
})

split('tells of a document over 10 MB, in bytes', () => {
  const large = 'é'.repeat(5 * 1024 * 1024)
  assert.equal(rules(`a\n---\n${large}\n---\nb`), ['document-too-long'])
  assert.equal(texts(`a\n---\n${large}\n---\nb`), ['a', 'b'], 'it is not read')
  assert.equal(rules(large.slice(1)), [])
})

split.run()
