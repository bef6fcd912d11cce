import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const errors = suite('docs/errors.md')
const page = readFileSync('docs/errors.md', 'utf8')

const tagsIn = (file: string): ReadonlyArray<string> =>
  [...readFileSync(file, 'utf8').matchAll(/(?:RunnerFailure|ClusterFailure)<'(\w+)'>/g)].map(
    ([, tag = '']) => tag,
  )

const problems = (): ReadonlyArray<string> => {
  const [, union = ''] =
    /export type PodProblem =([\s\S]*?)\n\n/.exec(readFileSync('src/runner/error.ts', 'utf8')) ?? []
  return [...union.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)
}

for (const file of ['src/runner/error.ts', 'src/cluster/error.ts']) {
  errors(`has cause and remedy of every tag in ${file}`, () => {
    const tags = tagsIn(file)
    assert.ok(tags.length > 8)
    assert.equal(
      tags.filter((tag) => !new RegExp(`^\\| \`${tag}\` \\|.+\\|.+\\|$`, 'm').test(page)),
      [],
    )
  })
}

errors('has a remedy for every problem of a pod', () => {
  assert.ok(problems().length > 8)
  assert.equal(
    problems().filter((name) => !page.includes(`\`${name}\``)),
    [],
  )
})

errors.run()
