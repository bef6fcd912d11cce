import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const errors = suite('docs/errors.md')
const page = readFileSync('docs/errors.md', 'utf8')

/** The tags of what extends `Failure`, by itself or by a type of its layer. */
const declared =
  /interface \w+ extends (?:(?:RunnerFailure|ClusterFailure|CliFailureOf)<'(\w+)'>|Failure \{\s*readonly _tag: '(\w+)')/g

const tags = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join('src', file), 'utf8').matchAll(declared)])
  .map(([, ofLayer, own]) => ofLayer ?? own ?? '')

const problems = (): ReadonlyArray<string> => {
  const [, union = ''] =
    /export type PodProblem =([\s\S]*?)\n\n/.exec(readFileSync('src/runner/error.ts', 'utf8')) ?? []
  return [...union.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)
}

errors('has cause and remedy of every tag', () => {
  assert.ok(tags.length > 30, `${tags.length} tags`)
  assert.equal(
    tags.filter((tag) => !new RegExp(`^\\| \`${tag}\` \\|.+\\|.+\\|$`, 'm').test(page)),
    [],
  )
})

errors('has a remedy for every problem of a pod', () => {
  assert.ok(problems().length > 8)
  assert.equal(
    problems().filter((name) => !page.includes(`\`${name}\``)),
    [],
  )
})

errors.run()
