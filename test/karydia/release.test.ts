// @alone
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { becomes } from '../lab/becomes.js'
import { type Lab, labTests, type Pod, to } from '../lab/lab.js'
import { calicoVersion } from '../lab/products.js'
import { render } from './image.js'
import { done, everything, leavingNothing, valuesFor } from './released.js'

const tests = suite("karydia's host security, by its chart")
const onLab = await labTests(tests)

const listen = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.end()).listen(0, '0.0.0.0', () => resolve(server))
  })

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

onLab('holds each level for real packets, whatever other policies allow, and leaves nothing', async (lab) => {
  const server = await listen()
  for (const name of ['karydia-a', 'karydia-b']) await lab.kubectl(['create', 'namespace', name])
  const [client, same, other, system] = await lab.pods([
    { namespace: 'karydia-a', name: 'client' },
    { namespace: 'karydia-a', name: 'server', serves: ['tcp/80'] },
    { namespace: 'karydia-b', name: 'server', serves: ['tcp/80'] },
    { namespace: 'kube-system', name: 'karydia-test', serves: ['tcp/80'] },
  ])
  assert.ok(client && same && other && system)
  const reach = async (from: Pod = client) => {
    const outside = `tcp/${lab.outside}:${portOf(server)}` as const
    const kubelet = `tcp/${lab.node}:10250` as const
    const targets = [to(same, 'tcp/80'), to(other, 'tcp/80'), to(system, 'tcp/80')]
    return (await lab.probe(from, ...targets, outside, kubelet)).map((answer) => answer === 'reachable')
  }
  const [all, none] = [[true, true, true, true, true], false]
  try {
    assert.equal(await reach(), all)
    await leavingNothing(lab, async (release) => {
      done(await release.install(valuesFor(lab, { level: 'L1' })))
      await becomes(reach, [true, true, none, true, none])

      done(await lab.kubectl(['create', '-f', '-'], allowAll('karydia-a')))
      await becomes(reach, [true, true, true, true, none])

      done(await release.upgrade(valuesFor(lab, { level: 'L1', metadataCIDRs: [`${lab.outside}/32`] })))
      await becomes(reach, [true, true, true, none, none])
      done(await lab.kubectl(['delete', '-f', '-'], allowAll('karydia-a')))

      done(await release.upgrade(valuesFor(lab, { level: 'L3' })))
      await becomes(reach, [true, none, none, none, none])
      done(await release.uninstall())
      await becomes(reach, all)
    })
  } finally {
    server.close()
    await lab.kubectl(['delete', 'namespace', 'karydia-a', 'karydia-b'])
    await lab.kubectl(['delete', 'pod', '--namespace', 'kube-system', 'karydia-test'])
  }
})

const allowAll = (namespace: string): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'allow-all', namespace },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
  })

const applied = async (lab: Lab): Promise<ReadonlyArray<string>> =>
  (await everything(lab)).filter((object) => object.includes('.karydia-'))

const l1 = ['block-metadata', 'l1', 'protect-nodes'].map(
  (name) => `GlobalNetworkPolicy <none> default.karydia-${name}`,
)

onLab('runs calicoctl as an account that the chart has made', async (lab) => {
  await leavingNothing(lab, async (release) => {
    done(await release.install(valuesFor(lab, { mode: 'existing', level: 'L1' })))
    assert.equal(await applied(lab), l1)
    done(await release.uninstall())
  })
})

onLab('applies without Node what was rendered when the chart was built', async (lab) => {
  await leavingNothing(lab, async (release) => {
    const values = valuesFor(lab, { level: 'L1', version: '3.28' })
    await mkdir(join(release.chart, 'files/calico'), { recursive: true })
    await writeFile(join(release.chart, 'files/calico/policies.yaml'), await render(release.chart, values))
    const calicoctl = `calico/ctl:v${calicoVersion}`
    done(await release.install(valuesFor(lab, { mode: 'rendered', image: calicoctl })))
    assert.equal(await applied(lab), l1)
    done(await release.uninstall())
  })
})

tests.run()
