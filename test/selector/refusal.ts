import type { uvu } from 'uvu'
import * as assert from 'uvu/assert'
import { parseSelector } from '../../src/selector/parse.js'

/** A test that the text is refused: by which rule, where the caret stands, and what the hint says. */
export const refusal =
  <T>(suite: uvu.Test<T>) =>
  (text: string, column: number, rule: string, hint: RegExp): void => {
    suite(`refuses ${JSON.stringify(text.slice(0, 40))} with a hint: ${hint.source}`, () => {
      const result = parseSelector(text)
      assert.is(result._tag, 'Left')
      if (result._tag === 'Right') return
      const [issue, ...others] = result.left.issues
      assert.is(others.length, 0)
      assert.is(issue.rule, rule, issue.message)
      assert.match(issue.hint ?? '', hint)
      const [excerpt = '', caret = ''] = (issue.frame ?? '').split('\n')
      const shift = excerpt.startsWith('…') ? column - 51 : 0
      assert.is(caret, `${' '.repeat(column - shift)}^`, issue.frame)
    })
  }
