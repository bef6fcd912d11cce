import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const site = suite('the site that `npm run docs` builds')
const folder = 'docs/site'
const page = (file: string): string => readFileSync(join(folder, file), 'utf8')

site('is built without a warning', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts'], {
    encoding: 'utf8',
  })
  assert.is(status, 0, stdout + stderr)
})

site('has each page of docs', () => {
  const pages = readdirSync('docs').filter((file) => file.endsWith('.md'))
  const built = readdirSync(join(folder, 'documents'))
  assert.equal(
    pages.filter((file) => !built.includes(`docs_${file.replace(/\.md$/, '.html')}`)),
    [],
  )
})

site('shows the run as a picture, not as its source', () => {
  const runner = page('documents/docs_06-runner.html')
  assert.match(runner, /<div class="diagram"><svg [\s\S]*ServiceAccount, last/)
  assert.not.match(runner, 'sequenceDiagram')
})

/** Pages work on a machine without a network, and tell nobody who reads them. */
site('fetches nothing from elsewhere', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const fetched = files
    .filter((file) => /\.(?:html|css)$/.test(file))
    .flatMap(
      (file) => page(file).match(/(?:@import|url\(|src="|<link [^>]*href=")\s*['"]?https?:[^'")]*/g) ?? [],
    )
  assert.equal(fetched, [])
})

site.run()
