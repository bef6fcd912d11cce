import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../../src/cluster/kube.js'
import { networkPolicy } from '../../../src/index.js'
import { createRunner, type Runner } from '../../../src/runner/runner.js'
import { type MemoryCluster, memoryCluster } from '../../../src/testing/index.js'
import { serveMemory, tokenOf } from '../../../src/testing/serve-memory.js'
import { tls } from '../../cluster/listen.js'
import { hasGo } from '../../conformance/build-oracle.js'
import { ensure } from '../../lab/cached.js'
import { placeOf } from '../../lab/place.js'
import { calicoNode, otherCalicoctl } from '../../lab/products.js'
import { startMetronome } from '../../metronome.js'
import { runnerContract } from '../contract.js'
import { failureOf } from '../observe.js'
import { configFor, grant } from './served-access.js'

const local = suite('the Runner by a calicoctl on this machine')

const go = await hasGo()
if (!go && process.env.CI === 'true') throw new Error('there is no Go to build calicoctl with')
if (!go) console.log('skipped for want of Go, to build calicoctl with')
const binaryOf = async (product: Parameters<typeof ensure>[1]) =>
  join(await ensure(placeOf(), product), 'calicoctl')
const calicoctl = go ? await binaryOf(await calicoNode()) : ''
const declare = go ? local : local.skip

/** A folder for one test, and what it is to be a served in-memory cluster's kubeconfig. */
interface Served {
  readonly memory: MemoryCluster
  readonly folder: string
  readonly kubeconfig: string
  readonly url: string
}

const served = async (
  test: (world: Served) => Promise<void>,
  user?: string,
  rules: ReadonlyArray<object> = [],
): Promise<void> => {
  const memory = memoryCluster({ namespaces: ['shop'], objects: grant(rules) })
  const { url, close } = await serveMemory(memory.server, { tls })
  const folder = mkdtempSync(join(tmpdir(), 'local-calicoctl-'))
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, configFor(url, user))
  const { TMPDIR } = process.env
  process.env.TMPDIR = join(folder, 'tmp')
  mkdirSync(process.env.TMPDIR)
  try {
    await test({ memory, folder, kubeconfig, url })
    assert.equal(readdirSync(join(folder, 'tmp')), [])
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    await close()
    memory.close()
    rmSync(folder, { recursive: true })
  }
}

const clusterOf = ({ kubeconfig }: Served) => kubeCluster({ kubeconfig, context: 'served' })

const runnerOn = (world: Served, program: string): Runner =>
  createRunner({
    owner: 'own',
    cluster: clusterOf(world),
    transport: { calicoctl: program },
    graceMs: 10_000,
  })

runnerContract((fact, test) =>
  declare(fact, () =>
    served(async (world) => {
      const cluster = clusterOf(world)
      await test({ cluster, namespace: 'shop', transport: { calicoctl } })
      cluster.close()
    }),
  ),
)

const web = networkPolicy('web', 'shop').order(10).allowIngress()

/** A program of two lines of shell in calicoctl's place. */
const script = ({ folder }: Served, ...lines: ReadonlyArray<string>): string => {
  const path = join(folder, 'calicoctl')
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'))
  chmodSync(path, 0o755)
  return path
}

local('says that there is no such program, or that it cannot be run, and has written nothing', () =>
  served(async (world) => {
    const plain = join(world.folder, 'kubeconfig')
    for (const program of ['no-such-calicoctl', join(world.folder, 'none'), plain, world.folder]) {
      const failure = failureOf(await runnerOn(world, program).te.apply([web])())
      assert.is(failure._tag === 'NoCalicoctl' && failure.calicoctl, program)
    }
    assert.equal((await runnerOn(world, 'none').status()).resources, [])
  }),
)

local('refuses a cluster that no other program can reach', async () => {
  const cluster = memoryCluster({ namespaces: ['shop'] })
  const runner = createRunner({ owner: 'own', cluster, transport: { calicoctl: 'calicoctl' } })
  const failure = failureOf(await runner.te.apply([web])())
  assert.is(failure._tag === 'BadOption' && failure.option, 'transport')
})

local('hands over the one context, to nobody else, and takes it away again', () =>
  served(async (world) => {
    const program = script(
      world,
      `dir=$(dirname "$5"); stat -c '%a %n' "$dir" "$dir"/* "$dir"/create/* | sed "s|$dir||" > ${world.folder}/modes`,
      `cat "$dir/kubeconfig" > ${world.folder}/given; env > ${world.folder}/env; echo "$@" > ${world.folder}/args`,
      'exit 1',
    )
    process.env.CALICO_KUBECONFIG = '/elsewhere'
    const failure = failureOf(await runnerOn(world, program).te.apply([web])())
    delete process.env.CALICO_KUBECONFIG
    assert.is(failure._tag, 'CalicoctlFailed')
    const read = (name: string) => readFileSync(join(world.folder, name), 'utf8')
    assert.equal(
      read('modes')
        .trim()
        .split(/\s*\n\s*/),
      ['700', '600 /calicoctl.cfg', '755 /create', '600 /kubeconfig', '600 /create/create-0000.yaml'],
    )
    assert.match(read('given'), /"current-context":"served"/)
    assert.not.match(read('given'), /another-secret|elsewhere/)
    assert.not.match(read('env'), /elsewhere/)
    assert.match(read('args'), /^create -f \S+\/create --config \S+\/calicoctl.cfg$/m)
  }),
)

local('ends a program that does not end, in time, and leaves no folder', () =>
  served(async (world) => {
    const program = script(world, `trap '' TERM`, 'while true; do sleep 0.1; done')
    const metronome = startMetronome()
    const failure = failureOf(await runnerOn(world, program).te.apply([web], { timeoutMs: 1_000 })())
    assert.is(failure._tag === 'Interrupted' && failure.cause._tag, 'TimedOut')
    metronome.stop()
    assert.ok(metronome.elapsedMs() < 6_000, `${metronome.elapsedMs()} ms`)
  }),
)

local('tells a program that was killed by its exit code', () =>
  served(async (world) => {
    const failure = failureOf(await runnerOn(world, script(world, 'kill -9 $$')).te.apply([web])())
    assert.is(failure._tag === 'CalicoctlFailed' && failure.exitCode, 137)
  }),
)

declare('is no failure where all is written, though calicoctl ends with an error: a warning', () =>
  served(async (world) => {
    const { items, warnings } = await runnerOn(world, script(world, `${calicoctl} "$@"`, 'exit 3')).apply([
      web,
    ])
    assert.equal(items, [{ name: 'NetworkPolicy(shop/web)', outcome: 'created' }])
    assert.match(warnings.join(), /^calicoctl ended with exit code 3, but .* it said: Successfully created 1/)
  }),
)

declare('tells a calicoctl of another version by its versions', () =>
  served(async (world) => {
    const other = await binaryOf(await otherCalicoctl())
    const failure = failureOf(await runnerOn(world, other).te.apply([web])())
    assert.equal(failure._tag === 'VersionMismatch' && [failure.client, failure.cluster], [
      '3.28.4',
      '3.28.5',
    ])
    assert.match('hint' in failure ? failure.hint : '', /transport\.calicoctl/)
  }),
)

const reads = { apiGroups: ['crd.projectcalico.org'], resources: ['*'], verbs: ['get', 'list'] }
const writes = { apiGroups: ['crd.projectcalico.org'], resources: ['networkpolicies'], verbs: ['create'] }

local('asks beforehand for the rights that calicoctl needs: they are its own', () =>
  served(
    async (world) => {
      const failure = failureOf(await runnerOn(world, 'none').te.apply([web])())
      assert.equal(failure._tag === 'MissingPermissions' && failure.missing, [
        'create networkpolicies.crd.projectcalico.org in shop',
      ])
    },
    'writer',
    [reads],
  ),
)

declare("goes by the token file of a pod's service account, as client-node has it in a pod", () =>
  served(
    async ({ folder, url: server }) => {
      const tokenFile = join(folder, 'token')
      writeFileSync(tokenFile, tokenOf('writer'))
      const kubeconfig = new KubeConfig()
      kubeconfig.loadFromOptions({
        clusters: [{ name: 'inCluster', server, skipTLSVerify: true }],
        users: [{ name: 'inClusterUser', authProvider: { name: 'tokenFile', config: { tokenFile } } }],
        contexts: [{ name: 'inClusterContext', cluster: 'inCluster', user: 'inClusterUser' }],
        currentContext: 'inClusterContext',
      })
      const cluster = kubeCluster({ kubeconfig })
      const { items } = await createRunner({ owner: 'own', cluster, transport: { calicoctl } }).apply([web])
      assert.equal(items, [{ name: 'NetworkPolicy(shop/web)', outcome: 'created' }])
    },
    'writer',
    [reads, writes],
  ),
)

local.run()
