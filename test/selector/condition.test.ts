import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contains, endsWith, eq, has, isIn, ne, notIn, startsWith } from '../../src/selector/condition.js'
import { label } from '../../src/selector/label.js'

const conditions = suite('conditions')

conditions('are plain data', () => {
  assert.equal(eq('role', 'web'), { _tag: 'Eq', key: 'role', value: 'web' })
  assert.equal(ne('role', 'web'), { _tag: 'Ne', key: 'role', value: 'web' })
  assert.equal(contains('role', 'w'), { _tag: 'Contains', key: 'role', value: 'w' })
  assert.equal(startsWith('role', 'w'), { _tag: 'StartsWith', key: 'role', value: 'w' })
  assert.equal(endsWith('role', 'b'), { _tag: 'EndsWith', key: 'role', value: 'b' })
  assert.equal(isIn('role', ['web', 'api']), { _tag: 'In', key: 'role', values: ['web', 'api'] })
  assert.equal(notIn('role', ['web', 'api']), { _tag: 'NotIn', key: 'role', values: ['web', 'api'] })
  assert.equal(has('role'), { _tag: 'Has', key: 'role' })
})

conditions('take a label for a key', () => {
  const role = label<'web' | 'api'>('role')
  assert.equal(eq(role, 'web'), eq('role', 'web'))
  assert.equal(isIn(role, ['web', 'api']), isIn('role', ['web', 'api']))
  assert.equal(has(role), has('role'))
  assert.equal(startsWith(role, 'we'), startsWith('role', 'we'))
})

conditions.run()
