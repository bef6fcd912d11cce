// @lab
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kubeCluster } from '../../src/cluster/kube.js'
import { globalNetworkPolicy, networkPolicy } from '../../src/index.js'
import { createRunner } from '../../src/runner/runner.js'
import { servedConfig } from '../cluster/kubeconfig.js'
import { becomes } from '../lab/becomes.js'
import { type Lab, labTests } from '../lab/lab.js'
import { snapshot } from './cluster-snapshot.js'
import { faults } from './fault.js'
import { createAll, labGround, upstreamOf } from './lab-ground.js'
import { formerObjects } from './memory-ground.js'
import { startProxy } from './proxy.js'
import { type Case, sweep, type Try } from './sweep.js'
import { trial } from './trial.js'

const faulty = suite('the Runner on the lab, under faults')
const onLab = await labTests(faulty)
const times = { timeoutMs: 40_000, graceMs: 20_000, patienceMs: 5_000 }
const step = Number(process.env.FAULT_STEP ?? 10)

/** Deaths and one other fault for every tenth request; another one each time, and other requests with FAULT_FROM. */
const casesFor = (requests: ReadonlyArray<string>): ReadonlyArray<Case> => {
  const from = Number(process.env.FAULT_FROM ?? 1)
  const others = faults.filter((fault) => !fault.startsWith('dead'))
  const numbers = Array.from({ length: Math.ceil(requests.length / step) }, (_, index) => from + index * step)
  return numbers.flatMap((k, index) => [
    { k, fault: index % 2 === 0 ? 'dead before' : 'dead after' } as const,
    { k, fault: others[index % others.length] ?? 'reset' },
  ])
}

/** A place on the lab for one trial after the other, with an owner and look-alikes of its own. */
const placeOn = async (lab: Lab, letter: string) => {
  const owner = `fault-${process.pid}${letter}`
  const namespace = `${owner}-shop`
  const tag = `-${process.pid}${letter}`
  const { cluster, strangers, end } = await labGround(lab, owner, [namespace, `${owner}-b`], letter)
  const seeds = await formerObjects(owner, namespace, tag)
  let trials = 0
  const attempt: Try = async (k, fault) => {
    await createAll(cluster, seeds)
    const home = `${owner}-run-${trials++}`
    return trial(
      { cluster, upstream: upstreamOf(lab), owner, namespace, home, tag, strangers, times },
      k,
      fault,
    )
  }
  const leave = async () => {
    await createRunner({ owner, cluster }).te.cleanup()()
    await end()
  }
  return { attempt, leave }
}

onLab('every tenth request: nothing is left, nothing foreign changes, nothing wrong is told', async (lab) => {
  const places = await Promise.all([...'abcd'].map((letter) => placeOn(lab, letter)))
  try {
    const attempts = places.map(({ attempt }) => attempt)
    const { trials, outcomes, violations } = await sweep(attempts, casesFor)
    console.log(`${trials} trials: ${JSON.stringify(outcomes)}`)
    assert.equal(violations, [])
  } finally {
    for (const { leave } of places) await leave()
  }
})

onLab('I4: what a dead client leaves in its namespace vanishes by itself', async (lab) => {
  const cluster = kubeCluster({ kubeconfig: lab.kubeconfig })
  const mine = `fault-${process.pid}-dead`
  await lab.kubectl(['create', 'namespace', mine])
  // After each kind of object that a run makes.
  const deaths = ['jobs', 'leases', 'configmaps', 'clusterroles', 'rolebindings', 'serviceaccounts', 'pods']
  const died: Array<string> = []
  try {
    await Promise.all(
      deaths.map(async (last) => {
        const isLast = last === 'pods' ? /^GET .*\/pods\?/ : new RegExp(`^POST .*/${last}$`)
        const proxy = await startProxy(upstreamOf(lab), (n) =>
          isLast.test(proxy.requests[n - 1] ?? '') ? 'dead after' : undefined,
        )
        const remote = kubeCluster({
          kubeconfig: servedConfig(proxy.url),
          attemptMs: 10_000,
          retryForMs: 500,
        })
        const options = { timeoutMs: 30_000, ttlSeconds: 2, graceMs: 500 }
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
        if (proxy.succeeded.some((request) => isLast.test(request))) died.push(last)
        remote.close()
        await proxy.close()
      }),
    )
    const left = async () =>
      [...(await snapshot(cluster)).keys()].filter((key) =>
        new RegExp(`^(Job|Lease|ConfigMap|ServiceAccount|Pod) ${mine}/typed-calico`).test(key),
      ).length
    assert.equal(died.sort(), [...deaths].sort(), 'each has made what it died after')
    // The Jobs' deadlines, 30 + 15 s, their TTL, and the controllers' own time.
    await becomes(left, 0)
  } finally {
    for (const last of deaths) await createRunner({ owner: `${mine}-${last}`, cluster }).te.cleanup()()
    await lab.kubectl(['delete', 'namespace', mine, '--wait=false'])
    cluster.close()
  }
})

faulty.run()
