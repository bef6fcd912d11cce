import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasComment } from '../../../src/yaml/read/has-comment.js'

const comments = suite('hasComment')

comments('sees comments on a line of their own, and behind a value', () => {
  for (const text of ['# a\n', 'a: 1 # b\n', 'a:\n  # b\n  c: 1\n', 'a: 1\n---\n# b\n', '[1, # a\n2]\n'])
    assert.ok(hasComment(text), text)
})

comments('takes no "#" within a value for one', () => {
  for (const text of [
    'a: b#c\n',
    'a: "b # c"\n',
    "a: '# c'\n",
    'a: |\n  # b\n  c # d\n',
    'a: >-\n  # b\n',
    'a: 1\n',
  ])
    assert.not(hasComment(text), text)
})

comments.run()
