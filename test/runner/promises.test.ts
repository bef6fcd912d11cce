import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const promises = suite('docs/reliability.md')
const page = readFileSync('docs/reliability.md', 'utf8')
const numbers = Array.from({ length: 18 }, (_, index) => `I${index + 1}`)
const files = ['test/runner', 'test/faults'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && file !== 'promises.test.ts')
    .map((file) => `${folder}/${file}`),
)

promises('has a row for each promise: what, how, and what shows it', () => {
  for (const number of numbers) {
    assert.match(page, new RegExp(`^\\| ${number} \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$`, 'm'))
  }
})

promises('names test files that are there', () => {
  const named = [...page.matchAll(/`(test\/[\w/.-]+\.ts)`/g)].map(([, file = '']) => file)
  assert.ok(named.length >= 18)
  assert.equal(
    named.filter((file) => !existsSync(file)),
    [],
  )
})

promises('has a test that is named for each promise; the sweeps are for I3', () => {
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n')
  const named = numbers.filter((number) => new RegExp(`['"\`]${number}: `).test(text))
  assert.equal(
    numbers.filter((number) => number !== 'I3' && !named.includes(number)),
    [],
  )
})

promises.run()
