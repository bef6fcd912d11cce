// @alone
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { labTests } from '../lab/lab.js'
import { type Fault, faults } from './fault.js'
import { createAll, labGround, upstreamOf } from './lab-ground.js'
import { formerObjects } from './memory-ground.js'
import { startProxy } from './proxy.js'
import { trial } from './trial.js'
import { labelled, snapshot } from './world.js'

const faulty = suite('the Runner on the lab, under faults')
const onLab = await labTests(faulty)
const owner = `fault-${process.pid}`
const namespace = `${owner}-shop`
const tag = `-${process.pid}`
const times = { timeoutMs: 40_000, graceMs: 20_000, patienceMs: 5_000 }
const step = Number(process.env.FAULT_STEP ?? 10)

/** Deaths and one other fault for every tenth request; another one each time, and other requests with FAULT_FROM. */
const cases = (requests: number): ReadonlyArray<readonly [k: number, fault: Fault]> => {
  const from = Number(process.env.FAULT_FROM ?? 1)
  const others = faults.filter((fault) => !fault.startsWith('dead'))
  const numbers = Array.from({ length: Math.ceil(requests / step) }, (_, index) => from + index * step)
  return numbers.flatMap((k, index) => [
    [k, index % 2 === 0 ? 'dead before' : 'dead after'] as const,
    [k, others[index % others.length] ?? 'reset'] as const,
  ])
}

onLab('every tenth request: nothing is left, nothing foreign changes, nothing wrong is told', async (lab) => {
  const { cluster, strangers, end } = await labGround(lab, owner, [namespace, `${owner}-b`])
  const seeds = await formerObjects(owner, namespace, tag)
  const violations: string[] = []
  let trials = 0
  const one = async (k: number, fault: Fault | undefined) => {
    await createAll(cluster, seeds)
    const home = `${owner}-run-${trials++}`
    const ground = { cluster, upstream: upstreamOf(lab), owner, namespace, home, tag, strangers, times }
    const done = await trial(ground, k, fault)
    violations.push(
      ...done.violations.map((it) => `${fault} at ${k} (${done.requests[k - 1]}), ${done.outcome}: ${it}`),
    )
    return done
  }
  try {
    const plain = await one(0, undefined)
    assert.is(plain.outcome, 'Right')
    for (const [k, fault] of cases(plain.requests.length)) await one(k, fault)
    console.log(`${trials} trials of ${plain.requests.length} requests`)
    assert.equal(violations, [])
  } finally {
    await createRunner({ owner, cluster }).te.cleanup()()
    await end()
  }
})

onLab('I4: what a dead client leaves in its namespace vanishes by itself', async (lab) => {
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  const mine = `${owner}-dead`
  await lab.kubectl(['create', 'namespace', mine])
  // After each kind of object that a run makes.
  const deaths = ['jobs', 'leases', 'configmaps', 'clusterroles', 'rolebindings', 'serviceaccounts', 'pods']
  try {
    await Promise.all(
      deaths.map(async (last) => {
        let proxyFault: Fault | undefined
        const proxy = await startProxy(upstreamOf(lab), (n) => {
          const request = proxy.requests[n - 1] ?? ''
          const isLast = last === 'pods' ? /GET .*\/pods\?/ : new RegExp(`POST .*/${last}$`)
          proxyFault = isLast.test(request) ? 'dead after' : undefined
          return proxyFault
        })
        const remote = kubeCluster({ kubeconfig: servedConfig(proxy.url), attemptMs: 1_000, retryForMs: 500 })
        const options = { timeoutMs: 5_000, ttlSeconds: 2, graceMs: 500 }
        const runner = createRunner({
          owner: `${mine}-${last}`,
          cluster: remote,
          namespace: mine,
          ...options,
        })
        const web = networkPolicy(`web-${last}`, mine).selector("app == 'w'").allowIngress({})
        const all = globalNetworkPolicy(`${mine}-${last}`)
          .selector(`projectcalico.org/namespace == '${mine}' && has(x)`)
          .denyIngress({})
        await runner.te.apply([web, all])()
        remote.close()
        await proxy.close()
      }),
    )
    const left = async () =>
      labelled(await snapshot(cluster), '').length +
      [...(await snapshot(cluster)).keys()].filter((key) =>
        new RegExp(`^(Job|Lease|ConfigMap|ServiceAccount|Pod) ${mine}/typed-calico`).test(key),
      ).length
    assert.ok((await left()) > 0, 'there was something to vanish')
    const start = Date.now()
    // Deadline 5 + 15 s, TTL 2 s, and the controllers' own time.
    while ((await left()) > 0 && Date.now() - start < 60_000) await sleep(1_000)
    assert.is(await left(), 0)
    console.log(`gone after ${Math.round((Date.now() - start) / 1000)} s`)
  } finally {
    for (const last of deaths) await createRunner({ owner: `${mine}-${last}`, cluster }).te.cleanup()()
    await lab.kubectl(['delete', 'namespace', mine, '--wait=false'])
    cluster.close()
  }
})

faulty.run()
