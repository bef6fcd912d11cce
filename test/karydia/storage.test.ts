// @lab
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { globalNetworkPolicy } from '../../src/build/global-network-policy.js'
import { globalNetworkSet } from '../../src/build/network-set.js'
import { orThrow } from '../../src/error.js'
import { toStorage } from '../../src/fleet/to-storage.js'
import { printYaml } from '../../src/yaml/print/print.js'
import { labTests } from '../lab/lab.js'
import { placeOf } from '../lab/place.js'
import { releaseOf } from './release.js'
import { switchedOn } from './rendered.js'

const tests = suite('policies that helm itself brings, as Calico stores them')
const onLab = await labTests(tests)

const name = `stored-${process.pid}`
const policy = globalNetworkPolicy(name).selector(`run == '${name}'`)
const set = globalNetworkSet(name).nets('192.0.2.0/24')

onLab('come with the release, change with an upgrade, and go with it', async (lab) => {
  const release = await releaseOf(placeOf(), name, name)
  const values = switchedOn({ mode: 'storage' })
  const lay = async (...resources: ReadonlyArray<unknown>) => {
    await mkdir(join(release.chart, 'files/calico'), { recursive: true })
    const text = printYaml(orThrow(toStorage(resources, { calico: '3.28.5' })))
    await writeFile(join(release.chart, 'files/calico/policies.yaml'), text)
  }
  const shown = async (kind: string): Promise<string> => {
    const { code, stdout } = await lab.calicoctl(['get', kind, name, '-o', 'json'])
    return code === 0 ? JSON.stringify(JSON.parse(stdout).spec) : 'not there'
  }
  try {
    await lab.kubectl(['create', 'namespace', name])
    await lay(policy.denyIngress(), set)
    const installed = await release.install(values)
    assert.is(installed.code, 0, installed.stderr)
    assert.match(await shown('globalnetworkpolicy'), /"types":\["Ingress"\]/)
    await lay(policy.denyEgress())
    const upgraded = await release.upgrade(values)
    assert.is(upgraded.code, 0, upgraded.stderr)
    assert.match(await shown('globalnetworkpolicy'), /"types":\["Egress"\]/)
    assert.is(await shown('globalnetworkset'), 'not there')
    const gone = await release.uninstall()
    assert.is(gone.code, 0, gone.stderr)
    assert.is(await shown('globalnetworkpolicy'), 'not there')
  } finally {
    await release.uninstall()
    await release.remove()
    await lab.kubectl(['delete', 'namespace', name, '--wait=false'])
  }
})

tests.run()
