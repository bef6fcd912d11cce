import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reasons } from './stricter.js'

const stricter = suite('what we refuse and calicoctl takes')

stricter('is in docs/conformance.md, each with its reason', () => {
  const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8')
  const missing = Object.entries(reasons).filter(([name, { why }]) => !page.includes(`| ${name} | ${why} |`))
  assert.equal(
    missing.map(([name, { why }]) => `| ${name} | ${why} |`),
    [],
  )
})

stricter.run()
