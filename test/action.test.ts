import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { main } from './cli/build.js'
import { apiYaml, workloadsYaml } from './cli/command/shop-files.js'
import { environment, workshop } from './cli/workshop.js'

const action = suite('the action')

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly runs: { readonly steps: ReadonlyArray<Step> }
}

const { inputs, runs }: Action = parse(readFileSync('.github/actions/diff/action.yml', 'utf8'))
const { run = '', env = {} } = runs.steps.find((step) => step.run !== undefined) ?? {}

const place = workshop({
  'before/workloads.yaml': workloadsYaml,
  'before/api.yaml': apiYaml(),
  'after/workloads.yaml': workloadsYaml,
  'after/api.yaml': apiYaml('matchExpressions: [{ key: app, operator: Exists }]'),
  // The command as it is here, in place of the one that is published.
  'bin/npx': `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${main}' "$@"\n`,
})
chmodSync(join(place.folder, 'bin/npx'), 0o755)

const ended = (given: Readonly<Record<string, string>>) => {
  const values = Object.fromEntries(
    Object.entries(env).map(([name, text]) => {
      const input = /inputs\.([\w-]+)/.exec(text)?.[1] ?? ''
      return [name, given[input] ?? inputs[input]?.default ?? '']
    }),
  )
  for (const file of ['output', 'summary', 'connectivity.md'])
    spawnSync('rm', ['-f', join(place.folder, file)])
  const { status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', run], {
    cwd: place.folder,
    env: environment({
      ...values,
      PATH: `${join(place.folder, 'bin')}:${process.env.PATH}`,
      GITHUB_OUTPUT: 'output',
      GITHUB_STEP_SUMMARY: 'summary',
    }),
  })
  const read = (file: string): string => readFileSync(join(place.folder, file), 'utf8')
  return { status, read }
}

action('writes what changes, and stops what it is told to stop', () => {
  const { status, read } = ended({ path: 'after', before: 'before', 'fail-on': 'opens' })
  assert.is(status, 2)
  assert.is(read('output'), 'changed=true\n')
  assert.match(read('summary'), '| + | shop/api | shop/api | TCP 8080 | denied | allowed |')
  assert.match(read('connectivity.md'), '| + |')
})

action('stops for each of several reasons', () => {
  const status = (gates: string) => ended({ path: 'after', before: 'before', 'fail-on': gates }).status
  assert.equal([status('closes unguarded'), status('unguarded opens')], [0, 2])
})

action('lets all else through', () => {
  assert.is(ended({ path: 'after', before: 'before' }).status, 0)
  const { status, read } = ended({ path: 'before', before: 'before', 'fail-on': 'any' })
  assert.equal([status, read('output')], [0, 'changed=false\n'])
})

action('fails as the command does where it cannot tell', () => {
  assert.is(ended({ path: 'after', before: 'no-such-revision' }).status, 66)
})

action('puts nothing of its inputs into a script', () => {
  for (const step of runs.steps) assert.not.match(step.run ?? '', '${{')
})

action('takes actions by their commits, and the version of this package', () => {
  for (const { uses } of runs.steps)
    if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  assert.is(String(inputs.version?.default), version)
})

action.after(place.remove)
action.run()
