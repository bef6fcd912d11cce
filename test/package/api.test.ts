// @package
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apiReport } from './api.js'
import { packed } from './packed.js'

/** What users hold on to. A change of it is seen in review: `UPDATE=1 npx tsx test/package/api.test.ts` writes it anew. */
const golden = new URL('api.txt', import.meta.url)
const api = suite('the exported names and their declarations')

api('are as in api.txt', () => {
  const report = apiReport(packed().installed)
  if (process.env.UPDATE === '1') writeFileSync(golden, report)
  assert.equal(report.split('\n'), readFileSync(golden, 'utf8').split('\n'))
})

api('are what users read in an editor: no two types of one file have one name', () => {
  const folder = join(packed().installed, 'dist')
  const renamed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.cts'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/\b\w+\$\d+\b/g) ?? [])
  assert.equal([...new Set(renamed)], [])
})

api.run()
