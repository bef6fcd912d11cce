/**
 * karydia's own demo: all traffic of two namespaces is denied, and a policy of lower order lets one of them talk.
 * Run it with `npm run demo`; with `-- --lab` on the lab, with `-- --context NAME` on your cluster.
 */
import { parseArgs } from 'node:util'
import { explain, globalNetworkPolicy, isIn, label, networkPolicy, toYaml } from 'typed-calico'
import { createRunner, printPlan, type Run } from 'typed-calico/runner'
import { openCluster } from './demo/cluster.js'
import { printEffect } from './demo/effect.js'
import { printEvent } from './demo/print-event.js'

export const policies = [
  globalNetworkPolicy('deny-all')
    .order(5)
    .selector(isIn(label('projectcalico.org/namespace'), ['test1', 'test2']))
    .types('Ingress', 'Egress')
    .denyIngress({})
    .denyEgress({}),
  networkPolicy('allow-all-low', 'test1')
    .order(1)
    .types('Ingress', 'Egress')
    .allowIngress({})
    .allowEgress({}),
]

const heading = (text: string): void => console.log(`\n— ${text} —`)

const follow = async <A>(run: Run<A>): Promise<A> => {
  for await (const event of run) printEvent(event)
  return run
}

export const demo = async (argv: ReadonlyArray<string>): Promise<void> => {
  const { values } = parseArgs({
    args: [...argv],
    options: { lab: { type: 'boolean', default: false }, context: { type: 'string' } },
  })
  const cluster = await openCluster(values)
  const runner = createRunner({ owner: 'karydia-demo', cluster: cluster.cluster, namespace: 'default' })

  heading('the policies, as calicoctl reads them')
  console.log(toYaml(...policies))
  heading('what they will do')
  printEffect(policies, ['test1', 'test2'])
  heading(`the plan, on ${cluster.description}`)
  console.log(printPlan(await runner.plan(policies)))
  heading('apply')
  const report = await follow(runner.apply(policies))
  for (const item of report.items) console.log(`${item.outcome.padEnd(9)} ${item.name}`)
  heading('cleanup')
  const gone = await follow(runner.cleanup())
  console.log(`${gone.removed.length} objects removed, ${gone.left.length} left`)
  await cluster.close()
}

if (process.argv[1]?.endsWith('karydia-demo.ts')) {
  await demo(process.argv.slice(2)).catch((error) => {
    console.error('_tag' in error ? explain(error) : error)
    process.exitCode = 1
  })
}
