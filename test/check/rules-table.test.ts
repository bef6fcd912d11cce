import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { document, withTable } from './rules-table.js'

const documents = suite('docs/04-check.md')

documents('lists every rule of check, as it is', () => {
  const text = readFileSync(document, 'utf8')
  assert.is(text, withTable(text), 'npx tsx test/check/rules-table.ts writes the table')
})

documents.run()
