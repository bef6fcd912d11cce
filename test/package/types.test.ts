// @package
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilers, packed } from './packed.js'

const types = suite('the packed types')
const { consumer } = packed()
const folder = join(consumer, 'types')
mkdirSync(folder, { recursive: true })

const program = `
import { check, fromYaml, label, eq, networkPolicy, orThrow, toYaml, type Resource } from 'typed-calico'
import { verdict } from 'typed-calico/policy'
import { createRunner, kubeCluster, type RunEvent } from 'typed-calico/runner'
import { memoryCluster } from 'typed-calico/testing'

const role = label<'web' | 'db'>('role')
const policy = networkPolicy('a', 'shop').selector(eq(role, 'web')).allowIngress({ protocol: 'TCP', destination: { ports: [80] } })
// @ts-expect-error: no such role
eq(role, 'wbe')
// @ts-expect-error: ports need a protocol that has them
networkPolicy('a', 'shop').allowIngress({ destination: { ports: [80] } })
const read: ReadonlyArray<Resource> = orThrow(fromYaml(toYaml(policy)))
const checked = check(policy)
if (checked._tag === 'Left') console.log(checked.left.issues[0].message)
export const tell = (event: RunEvent): string => event._tag
export const runner = createRunner({ owner: 'me', cluster: read.length > 1 ? kubeCluster() : memoryCluster() })
export { verdict }
`
writeFileSync(join(folder, 'module.mts'), program)
writeFileSync(join(folder, 'common.cts'), program)

const settings: ReadonlyArray<readonly [string, ReadonlyArray<string>, ReadonlyArray<string>]> = [
  ['node16', ['--module', 'node16', '--moduleResolution', 'node16'], ['module.mts', 'common.cts']],
  ['nodenext', ['--module', 'nodenext'], ['module.mts', 'common.cts']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler'], ['module.mts']],
]
const strict = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--target',
  'es2022',
  '--lib',
  'es2023,dom',
]

for (const { name, path } of compilers()) {
  for (const [module, flags, files] of settings) {
    types(`${name} with ${module} takes them, the libraries' own declarations checked too`, () => {
      const args = [resolve(path), ...strict, ...flags, '--ignoreConfig', ...files]
      const known = name === 'typescript5' ? args.filter((arg) => arg !== '--ignoreConfig') : args
      const { status, stdout } = spawnSync(process.execPath, known, { cwd: folder, encoding: 'utf8' })
      assert.equal({ status, stdout }, { status: 0, stdout: '' })
    })
  }
}

types.run()
