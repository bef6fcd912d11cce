import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { document, withTable } from './rules-table.js'

const documents = suite('docs/15-lint.md')

documents('lists every rule of lint, as it is', () => {
  const text = readFileSync(document, 'utf8')
  assert.is(text, withTable(text), 'npx tsx test/policy/lint/rules-table.ts writes the table')
})

documents.run()
