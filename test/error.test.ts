import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { explain, type Failure, invalid, orThrow } from '../src/error.js'

const failures = suite('failures')

const caught = (failure: Failure): Error & Failure => {
  try {
    orThrow(E.left(failure))
  } catch (error) {
    return error as Error & Failure
  }
  throw new Error('nothing was thrown')
}

const oneIssue = invalid([{ rule: 'port-number', path: ['spec'], message: '0 is not a port', hint: 'use 1' }])
const aborted: Failure = { _tag: 'Aborted', message: 'The run was aborted.', hint: 'run it again' }

failures('are explained once, whether returned or thrown', () => {
  for (const failure of [oneIssue, aborted]) {
    const error = caught(failure)
    assert.is(explain(error), explain(failure))
    assert.is(error.message, explain(failure))
    assert.is(explain(caught(error)), explain(failure))
  }
  assert.is(explain(caught(oneIssue)).match(/Invalid/g)?.length, 1)
  assert.is(explain(caught(oneIssue)).match(/0 is not a port/g)?.length, 1)
})

failures('that are thrown keep their fields, and show nothing of how they were thrown', () => {
  const error = caught(oneIssue)
  assert.is(error._tag, 'Invalid')
  assert.equal(Object.keys({ ...error }).sort(), ['_tag', 'issues'])
})

failures.run()
