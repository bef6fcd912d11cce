// @package
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { packed } from './packed.js'

const shape = suite('the packed package')
const { files, installed, tarball, unpackedSize } = packed()

shape('has what it needs and nothing else', () => {
  const paths = files.map(({ path }) => path)
  for (const path of ['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'dist/NOTICES.txt'])
    assert.ok(paths.includes(path), path)
  const other = paths.filter((path) => !/^dist\/.*(?:\.c?js|\.d\.c?ts)$/.test(path))
  assert.equal(other.sort(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/NOTICES.txt', 'package.json'])
})

shape('is under 2,120 kB', () => {
  console.log(`${unpackedSize} bytes unpacked, ${readFileSync(tarball).length} to download`)
  assert.ok(unpackedSize < 2_120_000, `${unpackedSize} bytes`)
})

shape('has no line that fills a terminal when an error is shown', () => {
  const built = files.filter(({ path }) => /\.c?js$/.test(path))
  const longest = built.flatMap(({ path }) => readFileSync(join(installed, path), 'utf8').split('\n'))
  assert.equal(
    longest.filter((line) => line.length > 2_000),
    [],
  )
})

shape('has a command that begins with its interpreter', () => {
  const text = readFileSync(join(installed, 'dist/cli/main.js'), 'utf8')
  assert.is(text.split('\n')[0], '#!/usr/bin/env node')
})

shape('asks only for what is not inside already', () => {
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const code = files.filter(({ path }) => /\.c?js$|\.d\.c?ts$/.test(path))
  const text = code.map(({ path }) => readFileSync(join(installed, path), 'utf8')).join('\n')
  const unused = Object.keys(dependencies).filter((name) => !new RegExp(`["']${name}["'/]`).test(text))
  assert.equal(unused, [])
})

shape('pleases publint', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false })
  assert.equal(
    messages.map((message) => formatMessage(message, pkg ?? {}, { color: false })),
    [],
  )
})

shape('pleases arethetypeswrong', () => {
  const { status, stdout } = spawnSync('npx', ['attw', '--profile', 'node16', tarball], { encoding: 'utf8' })
  assert.is(status, 0, stdout)
})

shape.run()
