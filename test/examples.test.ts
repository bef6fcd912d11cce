import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromYaml } from '../src/index.js'

/**
 * Every example is run, and prints what is in `examples/output/`. `UPDATE=1` writes those files anew: read them.
 * They are not the only witness: what is YAML in them must pass Calico's checks.
 */
const examples = suite('the examples')

const names = readdirSync('examples').filter((name) => name.endsWith('.ts') && name !== 'karydia-demo.ts')

const run = (name: string): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', `examples/${name}`], {
    encoding: 'utf8',
  })
  assert.is(status, 0, stderr)
  return stdout
}

for (const name of names) {
  const file = `examples/output/${name.replace('.ts', '.txt')}`
  examples(`${name} prints ${file}`, () => {
    const output = run(name)
    if (process.env.UPDATE === '1') writeFileSync(file, output)
    assert.is(output, existsSync(file) ? readFileSync(file, 'utf8') : '')
    if (!output.startsWith('apiVersion')) return
    const read = fromYaml(output)
    assert.ok(E.isRight(read), JSON.stringify(read))
  })
  examples(`${name} is under 60 lines`, () => {
    assert.ok(readFileSync(`examples/${name}`, 'utf8').split('\n').length <= 60)
  })
}

examples("karydia's demo leaves nothing, on the cluster in memory", () => {
  const output = run('karydia-demo.ts')
  assert.match(output, 'test1 → test1: allowed by NetworkPolicy(test1/allow-all-low)')
  assert.match(output, 'test2 → test1: denied by GlobalNetworkPolicy(deny-all)')
  assert.match(output, 'created   GlobalNetworkPolicy(deny-all)')
  assert.match(output, '2 objects removed, 0 left')
})

examples.run()
