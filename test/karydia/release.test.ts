// @alone
import { createServer, type Server } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { becomes } from '../lab/becomes.js'
import { type Lab, labTests, type Pod, to } from '../lab/lab.js'
import { placeOf } from '../lab/place.js'
import { image, provideImage } from './image.js'
import { everything, type Release, releaseOf } from './release.js'

const tests = suite("karydia's host security, by its chart")
const onLab = await labTests(tests)
const place = placeOf()

const valuesFor = (lab: Lab, calico: object, config: object = {}) => ({
  features: { calicoHostSecurity: true },
  config: {
    ...config,
    calico: { image, nodeCIDR: `${lab.node}/32`, clusterCIDR: '198.19.0.0/16', ...calico },
  },
})

/** Runs with a release that is not installed yet, and fails if its uninstall leaves anything at all. */
const leavingNothing = async (lab: Lab, use: (release: Release) => Promise<void>): Promise<void> => {
  await provideImage(place)
  const release = await releaseOf(place, 'karydia', 'karydia')
  await lab.kubectl(['create', 'namespace', 'karydia'])
  try {
    await becomes(async () => (await everything(lab)).includes('ServiceAccount karydia default'), true)
    const before = await everything(lab)
    await use(release)
    await becomes(() => everything(lab), before, 30)
  } finally {
    await release.uninstall()
    await lab.kubectl(['delete', 'namespace', 'karydia'])
    await release.remove()
  }
}

const done = ({ code, stderr }: { readonly code: number; readonly stderr: string }): void =>
  assert.is(code, 0, stderr)

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

      done(await release.upgrade(valuesFor(lab, { level: 'L2' })))
      await becomes(reach, [true, true, none, none, none])

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

const policies = async (lab: Lab): Promise<ReadonlyArray<string>> =>
  (await lab.calicoctl(['get', 'globalnetworkpolicy', '--output=name'])).stdout
    .split('\n')
    .filter((line) => line.includes('karydia'))
    .sort()

onLab('runs calicoctl as an account that the chart has made', async (lab) => {
  await leavingNothing(lab, async (release) => {
    done(await release.install(valuesFor(lab, { mode: 'existing', level: 'L1' })))
    assert.is((await policies(lab)).length, 3)
    done(await release.uninstall())
  })
})

tests.run()
